package cn.tiaoxi.platform.flow;

/**
 * A task waits no longer.
 *
 * @param task the task as it stood
 * @param by user name of who did it, or {@code system}
 */
public record TaskDone(FlowTask task, String by) {}
