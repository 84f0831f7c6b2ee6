package cn.tiaoxi.platform.personnel;

/**
 * A loss of access was undone by a person, who gave a reason. Published in that transaction.
 *
 * @param loss identifier of the loss
 * @param by user name of who undid it
 * @param reason why
 */
public record AccessRestored(String loss, String by, String reason) {}
