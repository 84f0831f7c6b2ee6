package cn.tiaoxi.contract;

/**
 * What of an interface may be made into files.
 *
 * @param mostRows most rows of a file, at least 1; an export that finds more fails
 * @param keptHours how long a file is kept, 1 to {@value #LONGEST_HOURS}
 * @param whole whether all rows may be asked for, without a key
 */
public record ExportRule(long mostRows, int keptHours, boolean whole) {
    /** No file is kept longer: four weeks. */
    public static final int LONGEST_HOURS = 672;

    public ExportRule {
        if (mostRows < 1) {
            throw new IllegalArgumentException("An export of " + mostRows + " rows");
        }
        if (keptHours < 1 || keptHours > LONGEST_HOURS) {
            throw new IllegalArgumentException("An export kept for " + keptHours + " hours");
        }
    }
}
