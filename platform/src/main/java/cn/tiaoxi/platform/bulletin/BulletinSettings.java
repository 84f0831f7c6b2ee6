package cn.tiaoxi.platform.bulletin;

import cn.tiaoxi.platform.border.Words;
import cn.tiaoxi.platform.city.CityException;
import cn.tiaoxi.platform.city.CityFolder;
import cn.tiaoxi.platform.city.Organisation;
import cn.tiaoxi.platform.city.Organisations;
import java.time.LocalTime;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** When and how bulletins are made, sent and answered, from {@code bulletin.yaml}. */
@Component
class BulletinSettings {
    private static final String FILE = "bulletin.yaml";
    private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");
    private static final Set<String> PLACES =
            Set.of(
                    "city",
                    "month",
                    "organisation",
                    "kind",
                    "entries",
                    "rate",
                    "cityRate",
                    "rank",
                    "of",
                    "acknowledgeDays",
                    "answerDays");

    private final Content content;
    private final Organisation office;

    /** The shape of {@code bulletin.yaml}. */
    record Content(
            Make make,
            String office,
            Deadline acknowledge,
            Deadline answer,
            Deadline again,
            Escalation escalation,
            Left ledgers,
            Rules rules,
            int worst,
            int months,
            CoverText cover) {}

    /** The working day of the month, counted from 1, and the hour from which it is made. */
    record Make(int workingDay, LocalTime from) {}

    /** A deadline, and how long before its end people are reminded. */
    record Deadline(int workingDays, List<Integer> remindWorkingDaysBefore) {
        Deadline {
            remindWorkingDaysBefore = List.copyOf(remindWorkingDaysBefore);
        }

        String reminders() {
            return String.join(",", remindWorkingDaysBefore.stream().map(String::valueOf).toList());
        }
    }

    /** Roles in the organisation that are told of what is overdue. */
    record Escalation(Set<String> roles) {}

    /** What is left out. */
    record Left(Set<String> except) {}

    /** Rules that are left out, and how many are shown. */
    record Rules(Set<String> except, int most) {}

    /** The words in front. */
    record CoverText(Words title, Words greeting, List<Words> body, Words closing) {}

    BulletinSettings(CityFolder folder, Organisations organisations) {
        this.content = folder.read(FILE, Content.class);
        this.office =
                organisations
                        .find(content.office())
                        .orElseThrow(
                                () ->
                                        CityException.wrong(
                                                folder.path(FILE),
                                                "office: there is no organisation "
                                                        + content.office()));
        check(folder, content.make().workingDay() >= 1, "make.workingDay must be 1 or more");
        check(folder, content.acknowledge().workingDays() >= 1, "acknowledge: 1 day or more");
        check(
                folder,
                content.answer().workingDays() >= content.acknowledge().workingDays(),
                "answer.workingDays must not be less than acknowledge.workingDays");
        check(folder, content.again().workingDays() >= 1, "again: 1 day or more");
        check(folder, content.worst() >= 0 && content.worst() <= 50, "worst: 0 to 50");
        check(folder, content.months() >= 2 && content.months() <= 24, "months: 2 to 24");
        check(folder, content.rules().most() >= 1, "rules.most must be 1 or more");
        CoverText cover = content.cover();
        List.of(cover.title(), cover.greeting(), cover.closing()).forEach(w -> places(folder, w));
        cover.body().forEach(w -> places(folder, w));
    }

    private static void check(CityFolder folder, boolean right, String reason) {
        if (!right) {
            throw CityException.wrong(folder.path(FILE), reason);
        }
    }

    private static void places(CityFolder folder, Words words) {
        Matcher found = PLACE.matcher(words.zh() + words.en());
        while (found.find()) {
            check(
                    folder,
                    PLACES.contains(found.group(1)),
                    "cover: there is no place {" + found.group(1) + "}");
        }
    }

    Make make() {
        return content.make();
    }

    /** The office that sends bulletins. */
    Organisation office() {
        return office;
    }

    Deadline acknowledge() {
        return content.acknowledge();
    }

    Deadline answer() {
        return content.answer();
    }

    /** The deadline after an answer was returned. */
    Deadline again() {
        return content.again();
    }

    Set<String> rolesOfEscalation() {
        return content.escalation().roles();
    }

    boolean counts(String ledger) {
        return !content.ledgers().except().contains(ledger);
    }

    boolean shows(String rule) {
        return !content.rules().except().contains(rule);
    }

    int mostRules() {
        return content.rules().most();
    }

    int worst() {
        return content.worst();
    }

    int months() {
        return content.months();
    }

    CoverText cover() {
        return content.cover();
    }
}
