package cn.tiaoxi.gateway.quota;

/**
 * Whose calls are counted.
 *
 * @param kind what it is
 * @param id its identifier
 */
public record Subject(Kind kind, String id) {
    /** What calls are counted for. */
    public enum Kind {
        GRANT,
        APPLICATION,
        INTERFACE,
        /** The organisation that answers for the caller. */
        ORGANISATION
    }

    /** Its name in the store. */
    @Override
    public String toString() {
        return kind + ":" + id;
    }
}
