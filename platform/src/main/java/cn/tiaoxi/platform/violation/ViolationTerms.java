package cn.tiaoxi.platform.violation;

import cn.tiaoxi.contract.WatchSign;
import cn.tiaoxi.platform.city.CityException;
import cn.tiaoxi.platform.city.CityFolder;
import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.violation.ViolationRule.Act;
import cn.tiaoxi.platform.violation.ViolationRule.Against;
import cn.tiaoxi.platform.violation.ViolationRule.Sign;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** The city's rules of misuse, from {@code rules/violations.yaml}. */
@Component
public class ViolationTerms {
    private static final String FILE = "rules/violations.yaml";

    private final Content content;
    private final Map<String, ViolationRule> rules = new LinkedHashMap<>();

    /** The shape of the file. */
    record Content(
            String kind,
            String office,
            Deadline answer,
            Deadline judge,
            Deadline rectify,
            Deadline recheck,
            int longestRectifyDays,
            int longestExemptionDays,
            int samples,
            List<ViolationRule> rules) {}

    /** A deadline, and how long before its end people are reminded. */
    record Deadline(int workingDays, List<Integer> remindWorkingDaysBefore) {
        String reminders() {
            return remindWorkingDaysBefore.stream()
                    .map(String::valueOf)
                    .collect(Collectors.joining(","));
        }
    }

    ViolationTerms(CityFolder folder, Organisations organisations) {
        this.content = folder.read(FILE, Content.class);
        for (ViolationRule rule : content.rules()) {
            String problem = problem(rule);
            if (problem != null) {
                throw CityException.wrong(folder.path(FILE), rule.id() + ": " + problem);
            }
            if (rules.put(rule.id(), rule) != null) {
                throw CityException.wrong(folder.path(FILE), rule.id() + " stands twice");
            }
        }
        for (Deadline each :
                List.of(content.answer(), content.judge(), content.rectify(), content.recheck())) {
            if (each.workingDays() < 1) {
                throw CityException.wrong(folder.path(FILE), "a deadline is 1 working day or more");
            }
        }
        if (organisations.find(content.office()).isEmpty()) {
            throw CityException.wrong(
                    folder.path(FILE), "office: there is no organisation " + content.office());
        }
    }

    private static @org.jspecify.annotations.Nullable String problem(ViolationRule rule) {
        Integer left = rule.measure().perSecond();
        if (rule.threshold() < 1) {
            return "the threshold is 1 or more";
        }
        if (rule.sign().isTold()) {
            WatchSign told = WatchSign.valueOf(rule.sign().name());
            if (!told.isTold(rule.threshold())) {
                return "the threshold is " + told.least() + " or a doubling of it";
            }
            if (!told.window().equals(ViolationRule.length(rule.window()))) {
                return "gateways notice this in windows of " + told.window();
            }
        }
        if ((rule.sign() == Sign.OUTCOME) == rule.outcomeSet().isEmpty()) {
            return "outcomes belong to the sign OUTCOME";
        }
        if (rule.measure().act() == Act.NONE) {
            return null;
        }
        if (rule.against() == Against.INTERFACE) {
            return "only applications can be slowed down or cut off";
        }
        if ((rule.measure().act() == Act.SLOW) != (left != null && left >= 1)) {
            return "SLOW names perSecond, 1 or more, and CUT does not";
        }
        return rule.measure().lasts() == null ? "a measure says how long it lasts" : null;
    }

    /** All rules, in the order of the file. */
    public List<ViolationRule> rules() {
        return content.rules();
    }

    /** The rule of that identifier; a case can be older than its rule. */
    public Optional<ViolationRule> rule(String id) {
        return Optional.ofNullable(rules.get(id));
    }

    String office() {
        return content.office();
    }

    Deadline answer() {
        return content.answer();
    }

    Deadline judge() {
        return content.judge();
    }

    Deadline recheck() {
        return content.recheck();
    }

    Deadline rectify() {
        return content.rectify();
    }

    /** Usual deadline of a rectification, in working days. */
    public int rectifyDays() {
        return content.rectify().workingDays();
    }

    /** Working days in which the one concerned answers. */
    public int answerDays() {
        return content.answer().workingDays();
    }

    /** Longest deadline of a rectification, in working days. */
    public int longestRectifyDays() {
        return content.longestRectifyDays();
    }

    /** Longest exemption after a false alarm, in days. */
    public int longestExemptionDays() {
        return content.longestExemptionDays();
    }

    int samples() {
        return content.samples();
    }
}
