package cn.tiaoxi.command;

/**
 * What is wrong on purpose with a generated row. A row has at most one fault.
 *
 * <p>{@link #SHIFTED}, {@link #IMPOSSIBLE_DATE} and {@link #RAGGED} rows cannot be loaded where the
 * date columns are typed as dates: just these must come back as rejects.
 */
public enum Fault {
    /** The identifier's check character is wrong. */
    WRONG_CHECK(500),
    /** The row repeats an earlier one. */
    DUPLICATE(600),
    /** A cell that must not be empty is. */
    BLANK(400),
    /** Every cell from the third stands one column too far right; the last is lost. */
    SHIFTED(3000),
    /** A date that no calendar has, such as 30 February. */
    IMPOSSIBLE_DATE(2500),
    /** The identifier is written with full-width digits and letters. */
    FULL_WIDTH(1500),
    /** The row has a cell too many or too few. */
    RAGGED(15000);

    private final int oneIn;

    Fault(int oneIn) {
        this.oneIn = oneIn;
    }

    /** How many of so many rows carry this fault; at least one from 20 rows on. */
    public int plantedIn(int rows) {
        return rows < 20 ? 0 : Math.max(1, rows / oneIn);
    }
}
