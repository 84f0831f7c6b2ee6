package cn.tiaoxi.platform.ledger;

import cn.tiaoxi.platform.border.Words;
import cn.tiaoxi.platform.evidence.Who;
import cn.tiaoxi.platform.identity.Actor;

/**
 * Who changes an entry, as its history shows.
 *
 * @param username sign-in name, {@code system} for the platform itself
 * @param name name for people
 * @param organisation code of the organisation, empty for the platform itself
 */
public record Author(String username, String name, String organisation) {
    /** The platform itself. */
    public static final Author SYSTEM = new Author("system", "平台", "");

    private static final Words PLATFORM = new Words("平台", "The platform");

    /** A signed-in person. */
    public static Author of(Actor actor) {
        return new Author(actor.username(), actor.name(), actor.organisation());
    }

    /** The name as people read it, in the language of the request under way. */
    public String shown() {
        return username.equals(SYSTEM.username) ? PLATFORM.shown() : name;
    }

    Who who() {
        return new Who(username, organisation);
    }
}
