package cn.tiaoxi.platform.duplicate;

/**
 * Something in which entries are compared.
 *
 * @param field the field
 * @param form how its values are compared
 * @param weight how much it counts beside the others
 */
public record Aspect(String field, Form form, int weight) {
    public Aspect {
        if (weight < 1) {
            throw new IllegalArgumentException("the weight of " + field + " is below 1");
        }
    }

    /** How values are compared. */
    public enum Form {
        /** By the words in them. */
        WORDS,
        /** Each value as a whole. */
        VALUES,
        /**
         * By being the same organisation; that makes likeness likelier, but being another nothing.
         */
        ORGANISATION
    }
}
