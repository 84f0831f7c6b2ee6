package cn.tiaoxi.platform.usage;

import cn.tiaoxi.platform.city.CityException;
import cn.tiaoxi.platform.city.CityFolder;
import cn.tiaoxi.platform.city.Organisation;
import cn.tiaoxi.platform.city.Organisations;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** The city's terms of the use of grants, from {@code usage.yaml}. */
@Component
public class UsageTerms {
    private static final String FILE = "usage.yaml";
    private static final List<String> GRADES = List.of("L1", "L2", "L3", "L4");

    private final Content content;
    private final Map<String, Handled> matters;

    /** How a matter is handled. */
    enum Handled {
        COUNTER,
        ONLINE,
        AUTOMATIC
    }

    /** The shape of {@code usage.yaml}. */
    record Content(
            Effective effective,
            int compareDays,
            List<Matter> matters,
            Handled otherwise,
            Idle idle,
            Deadline answer,
            Deadline lastCall,
            Deadline decide,
            int restoreDays,
            int longestExemptionDays,
            Reason reason,
            List<Integer> expiryDaysBefore,
            String office) {}

    /**
     * When a grant counts as effectively shared.
     *
     * @param days length of the window, today included
     * @param plausibleDays least days in it that look like use
     * @param subjects least different things looked up on those days
     */
    public record Effective(int days, int plausibleDays, int subjects) {}

    /** A matter and how it is handled. */
    record Matter(String name, Handled handled) {}

    /**
     * When a grant is idle.
     *
     * @param days days without use, by grade
     * @param mostADay most cases that are opened on one day
     * @param keptDays days for which a grant is left alone once its owner agreed
     */
    record Idle(Map<String, Integer> days, int mostADay, int keptDays) {}

    /** A deadline, and how long before its end people are reminded. */
    record Deadline(int workingDays, List<Integer> remindWorkingDaysBefore) {
        String reminders() {
            return remindWorkingDaysBefore.stream()
                    .map(String::valueOf)
                    .collect(Collectors.joining(","));
        }
    }

    /**
     * What a reason must be.
     *
     * @param least least length in characters
     * @param empty what says nothing by itself
     */
    record Reason(int least, List<String> empty) {}

    UsageTerms(CityFolder folder, Organisations organisations) {
        this.content = folder.read(FILE, Content.class);
        this.matters =
                content.matters().stream().collect(Collectors.toMap(Matter::name, Matter::handled));
        check(folder, content.effective().days() >= 1, "effective.days must be 1 or more");
        check(folder, content.compareDays() >= 1, "compareDays must be 1 or more");
        check(
                folder,
                content.idle().days().keySet().containsAll(GRADES)
                        && content.idle().days().values().stream().allMatch(d -> d >= 1),
                "idle.days must name 1 day or more for each of L1 to L4");
        check(folder, content.idle().mostADay() >= 1, "idle.mostADay must be 1 or more");
        for (Deadline each : List.of(content.answer(), content.lastCall(), content.decide())) {
            check(folder, each.workingDays() >= 1, "a deadline is 1 working day or more");
        }
        check(
                folder,
                organisations.find(content.office()).map(Organisation::code).isPresent(),
                "office: there is no organisation " + content.office());
    }

    private static void check(CityFolder folder, boolean right, String reason) {
        if (!right) {
            throw CityException.wrong(folder.path(FILE), reason);
        }
    }

    /** Changes when what days are judged by has changed. */
    int hash() {
        return Objects.hash(
                content.compareDays(), content.matters().toString(), content.otherwise().name());
    }

    /** When a grant counts as effectively shared. */
    public Effective effective() {
        return content.effective();
    }

    int compareDays() {
        return content.compareDays();
    }

    Handled handled(String matter) {
        return matters.getOrDefault(matter, content.otherwise());
    }

    /** Days without use after which a grant is idle, by grade from L1 on. */
    public List<Integer> idleDays() {
        Function<String, Integer> days = g -> content.idle().days().getOrDefault(g, 1);
        return GRADES.stream().map(days).toList();
    }

    int mostADay() {
        return content.idle().mostADay();
    }

    int keptDays() {
        return content.idle().keptDays();
    }

    Deadline answer() {
        return content.answer();
    }

    Deadline lastCall() {
        return content.lastCall();
    }

    Deadline decide() {
        return content.decide();
    }

    /** Days in which a grant that was taken back can be restored. */
    public int restoreDays() {
        return content.restoreDays();
    }

    int longestExemptionDays() {
        return content.longestExemptionDays();
    }

    List<Integer> expiryDaysBefore() {
        return content.expiryDaysBefore();
    }

    String office() {
        return content.office();
    }

    /** Least length of a reason, in characters. */
    public int leastReason() {
        return content.reason().least();
    }

    /** Whether a reason says what the grant is for. */
    boolean hasSubstance(String reason) {
        String rest = reason.strip().toLowerCase(Locale.ROOT);
        for (String empty : content.reason().empty()) {
            rest = rest.replace(empty.toLowerCase(Locale.ROOT), "");
        }
        long said = rest.codePoints().filter(Character::isLetterOrDigit).distinct().count();
        return reason.strip().length() >= content.reason().least()
                && said >= Math.min(6, content.reason().least());
    }
}
