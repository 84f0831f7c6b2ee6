package cn.tiaoxi.platform.catalogue;

import cn.tiaoxi.lake.ColumnType;
import cn.tiaoxi.lake.LakeColumn;
import cn.tiaoxi.lake.kind.Grade;
import cn.tiaoxi.platform.border.Words;
import cn.tiaoxi.platform.ledger.Author;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A column of a dataset: what it is, what the platform found in it, and what a person said of it.
 *
 * @param name name in SQL and on the wire
 * @param label name for people
 * @param position place in the table, from 0
 * @param recognised what its values seem to be, or null
 * @param profile what its values look like, or null if that could not be found out
 * @param suggestion what the platform proposes
 * @param given what people said
 */
public record DatasetColumn(
        String name,
        String label,
        ColumnType type,
        int position,
        @Nullable Recognised recognised,
        @Nullable Profile profile,
        Suggestion suggestion,
        Given given) {

    /**
     * What the values seem to be.
     *
     * @param kind identifier of the kind
     * @param share share of the values that are of the kind, 0 to 1
     * @param checkFailures values of its shape whose check digit or date is wrong
     */
    public record Recognised(String kind, double share, long checkFailures) {}

    /**
     * A proposal.
     *
     * @param element identifier of a data element, or null
     * @param reason why
     */
    public record Suggestion(@Nullable String element, Grade grade, Words reason) {}

    /** Who confirmed a grade, and when. */
    public record Confirmation(String username, String name, Instant time) {}

    /**
     * What people said of a column.
     *
     * @param description meaning, or null
     * @param element identifier of a data element, or null
     * @param grade grade, or null
     * @param confirmation who vouches for the grade; null while nobody does
     */
    public record Given(
            @Nullable String description,
            @Nullable String element,
            @Nullable Grade grade,
            @Nullable Confirmation confirmation) {
        /** Nothing has been said yet. */
        public static final Given NOTHING = new Given(null, null, null, null);

        public Given {
            if (confirmation != null && grade == null) {
                throw new IllegalArgumentException("a confirmation needs a grade");
            }
        }

        Given confirmed(Author author, Instant now) {
            return new Given(
                    description,
                    element,
                    grade,
                    new Confirmation(author.username(), author.name(), now));
        }
    }

    /** Whether a person vouches for the grade. */
    public boolean isConfirmed() {
        return given.confirmation() != null;
    }

    /** The grade that a person vouches for, or null. */
    public @Nullable Grade confirmedGrade() {
        return isConfirmed() ? given.grade() : null;
    }

    /** What the values seem to be, or null. */
    public @Nullable String kind() {
        return recognised == null ? null : recognised.kind();
    }

    /** Values whose check digit or date is wrong. */
    public long checkFailures() {
        return recognised == null ? 0 : recognised.checkFailures();
    }

    LakeColumn inLake() {
        return new LakeColumn(name, label, type);
    }

    DatasetColumn with(String newLabel, Given newGiven) {
        return new DatasetColumn(
                name, newLabel, type, position, recognised, profile, suggestion, newGiven);
    }

    /** The same with what was said of a column of the same name and type before. */
    DatasetColumn takingOver(@Nullable DatasetColumn before) {
        return before == null || before.type() != type ? this : with(label, before.given());
    }
}
