package cn.tiaoxi.platform.bulletin;

import cn.tiaoxi.platform.border.Words;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a letter, or the bulletin of the whole city, says; frozen when it is made.
 *
 * @param month the month it is about
 * @param day the day whose figures they are, the last one of the month that has any
 * @param name the organisation, or the city
 * @param own all ledgers together
 * @param before the same in the month before, null where nothing was kept
 * @param city the whole city
 * @param ledgers by ledger
 * @param rules the rules broken most
 * @param worst the entries that are furthest from standardised
 * @param trend month by month, the present one last
 * @param cover the words in front; null for the city
 */
public record Figures(
        YearMonth month,
        LocalDate day,
        Words name,
        Rate own,
        @Nullable Rate before,
        Rate city,
        List<OfLedger> ledgers,
        List<BrokenRule> rules,
        List<WorstEntry> worst,
        List<Point> trend,
        @Nullable Cover cover) {
    public Figures {
        ledgers = List.copyOf(ledgers);
        rules = List.copyOf(rules);
        worst = List.copyOf(worst);
        trend = List.copyOf(trend);
    }

    /** The change of the rate to the month before, in shares of 1; null without a month before. */
    public static @Nullable Double change(Rate own, @Nullable Rate before) {
        return before == null || before.entries() == 0 ? null : own.share() - before.share();
    }

    /** One ledger. */
    public record OfLedger(String type, Words name, Rate own, @Nullable Rate before, Rate city) {}

    /**
     * A rule that entries break.
     *
     * @param mend how to mend it, in the words of one entry that breaks it
     * @param failed how many entries break it
     */
    public record BrokenRule(
            String type, Words ledger, String rule, Words name, Words mend, long failed) {}

    /**
     * An entry with findings.
     *
     * @param findings how many findings count
     * @param messages what is wrong, the gravest first, three at most
     */
    public record WorstEntry(
            String type,
            Words ledger,
            String id,
            String code,
            String title,
            String link,
            int findings,
            double score,
            List<Words> messages) {
        public WorstEntry {
            messages = List.copyOf(messages);
        }
    }

    /** A month of the trend; null where nothing was kept. */
    public record Point(YearMonth month, @Nullable Rate own, @Nullable Rate city) {}

    /** The words in front of the figures, with the figures put in. */
    public record Cover(
            Words title, Words greeting, List<Words> body, Words closing, Words office) {
        public Cover {
            body = List.copyOf(body);
        }
    }
}
