package cn.tiaoxi.contract;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What of an interface may be made into files.
 *
 * @param mostRows most rows of a file, at least 1; an export that finds more fails
 * @param keptHours how long a file is kept, 1 to {@value #LONGEST_HOURS}
 * @param whole whether all rows may be asked for, without a key
 * @param marks what tells one recipient's file from another's; rules that older platforms made name
 *     none
 */
public record ExportRule(long mostRows, int keptHours, boolean whole, Set<DeliveryMark> marks) {
    /** No file is kept longer: four weeks. */
    public static final int LONGEST_HOURS = 672;

    public ExportRule(
            long mostRows, int keptHours, boolean whole, @Nullable Set<DeliveryMark> marks) {
        if (mostRows < 1) {
            throw new IllegalArgumentException("An export of " + mostRows + " rows");
        }
        if (keptHours < 1 || keptHours > LONGEST_HOURS) {
            throw new IllegalArgumentException("An export kept for " + keptHours + " hours");
        }
        EnumSet<DeliveryMark> chosen = EnumSet.noneOf(DeliveryMark.class);
        if (marks != null) {
            chosen.addAll(marks);
        }
        this.mostRows = mostRows;
        this.keptHours = keptHours;
        this.whole = whole;
        this.marks = Collections.unmodifiableSet(chosen);
    }

    /** A rule for files without marks. */
    public ExportRule(long mostRows, int keptHours, boolean whole) {
        this(mostRows, keptHours, whole, null);
    }
}
