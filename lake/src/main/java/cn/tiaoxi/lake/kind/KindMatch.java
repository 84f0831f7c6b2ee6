package cn.tiaoxi.lake.kind;

/**
 * What a column seems to hold.
 *
 * @param kind the kind
 * @param values values that were looked at, missing ones left out
 * @param matched values of the kind
 * @param checkFailures values of its shape whose check digit or date is wrong
 * @param named whether the column's name says so too
 * @param confidence from 0 to 1
 */
public record KindMatch(
        Kind kind,
        long values,
        long matched,
        long checkFailures,
        boolean named,
        double confidence) {

    /** The share of the values that are of the kind. */
    public double share() {
        return values == 0 ? 0 : (double) matched / values;
    }
}
