package cn.tiaoxi.platform.personnel;

/**
 * Something that a key person or a vendor reaches.
 *
 * @param kind what it is
 * @param id its identifier within its kind
 * @param title what people call it
 * @param detail more about it, for people; empty without any
 * @param link page of it, empty without one
 * @param active whether it is in force now
 * @param lost whether it stops when the access is lost
 */
public record Reached(
        Kind kind,
        String id,
        String title,
        String detail,
        String link,
        boolean active,
        boolean lost) {
    /** What may be reached. */
    public enum Kind {
        /** An account of the platform. */
        ACCOUNT,
        /** An application worked on, by the ledger. */
        APPLICATION,
        /** A program whose keys the person answers for. */
        CALLER,
        /** A key whose secret the person has seen. */
        KEY,
        /** A program that the person's account may manage. */
        MANAGED,
        /** Leave to call an interface. */
        GRANT,
        /** A person of a vendor. */
        PERSON
    }
}
