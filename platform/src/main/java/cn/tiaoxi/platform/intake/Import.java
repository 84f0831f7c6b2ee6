package cn.tiaoxi.platform.intake;

import cn.tiaoxi.platform.border.Words;
import cn.tiaoxi.platform.ledger.Author;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file on its way into a ledger.
 *
 * @param type the ledger
 * @param fileName as the person calls it
 * @param maker who brought it
 * @param agent who ordered what is under way or was done last
 * @param layout how its rows are read
 * @param targets for each column what it goes to, null where it is left out
 * @param options how values are read
 * @param counts what the check found, or what was done
 * @param notices what is told about the file as a whole
 * @param samples some rows that would change an entry, with what would become different
 * @param fault why it failed, or null
 * @param batch batch of the changes, once they are ordered
 * @param kept whether the file is still there
 */
public record Import(
        String id,
        String type,
        String fileName,
        long bytes,
        State state,
        Author maker,
        Author agent,
        Instant created,
        Instant updated,
        Layout layout,
        List<@Nullable String> targets,
        Options options,
        Counts counts,
        List<Notice> notices,
        List<Sample> samples,
        @Nullable Fault fault,
        @Nullable String batch,
        String language,
        boolean kept) {

    /** How far it is. */
    public enum State {
        /** There, its columns matched; waits for the person. */
        RECEIVED("待核对", "To be checked"),
        /** All rows are being checked; nothing is written. */
        CHECKING("正在核对", "Being checked"),
        CHECKED("已核对", "Checked"),
        APPLYING("正在写入", "Being applied"),
        APPLIED("已写入", "Applied"),
        /** Stopped while it was applied; it can go on. */
        STOPPED("已停止", "Stopped"),
        FAILED("失败", "Failed");

        private final Words words;

        State(String zh, String en) {
            words = new Words(zh, en);
        }

        /** The state in words. */
        public Words words() {
            return words;
        }

        /** Whether the platform works on it. */
        public boolean isRunning() {
            return this == CHECKING || this == APPLYING;
        }
    }

    /**
     * How values are read.
     *
     * @param organisation organisation of new entries where the row names none
     * @param decodeEntities whether {@code &amp;} and the like become the characters they stand for
     * @param fillMerged whether the first of merged cells stands for all of them
     * @param blankClears whether an empty cell empties the field; else it leaves it as it is
     */
    public record Options(
            String organisation, boolean decodeEntities, boolean fillMerged, boolean blankClears) {}

    /**
     * How many rows there are and what becomes of them.
     *
     * @param standardised of the rows added or changed, those without findings but advice
     */
    public record Counts(
            long rows, long added, long changed, long same, long refused, long standardised) {
        static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0);

        Counts plus(Counts other) {
            return new Counts(
                    rows + other.rows,
                    added + other.added,
                    changed + other.changed,
                    same + other.same,
                    refused + other.refused,
                    standardised + other.standardised);
        }
    }

    /**
     * Something that is told about the file.
     *
     * @param code key of the message
     * @param count how often
     * @param row the first row that it is about, 0 for none
     * @param arguments what the message names
     */
    public record Notice(String code, long count, long row, List<String> arguments) {
        public Notice {
            arguments = List.copyOf(arguments);
        }
    }

    /** A row that would change an entry. */
    public record Sample(long row, String id, String code, String title, List<Difference> changes) {
        public Sample {
            changes = List.copyOf(changes);
        }
    }

    /** What would become different. */
    public record Difference(String field, @Nullable Object before, @Nullable Object after) {}

    /** Why it failed, in both languages. */
    public record Fault(String code, Words message, Words mend) {}

    public Import {
        targets = java.util.Collections.unmodifiableList(new java.util.ArrayList<>(targets));
        notices = List.copyOf(notices);
        samples = List.copyOf(samples);
    }

    /** Whether its columns and options may be changed. */
    boolean isOpen() {
        return kept && batch == null && !state.isRunning();
    }
}
