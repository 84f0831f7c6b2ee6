package cn.tiaoxi.platform.personnel;

import cn.tiaoxi.platform.border.BorderException;
import cn.tiaoxi.platform.border.FieldError;
import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.city.City;
import cn.tiaoxi.platform.evidence.Evidence;
import cn.tiaoxi.platform.identity.Access;
import cn.tiaoxi.platform.identity.Actor;
import cn.tiaoxi.platform.ledger.Entry;
import cn.tiaoxi.platform.ledger.EntryFilter;
import cn.tiaoxi.platform.ledger.Ledger;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Keeps who came to which training and how they did in its exam. */
@Service
public class Trainings {
    private static final String MANAGE = "personnel:manage";
    private static final int MOST_ROWS = 2000;
    private static final BigDecimal MOST_SCORE = BigDecimal.valueOf(1000);

    private final PersonnelTerms terms;
    private final Ledger ledger;
    private final KeyPersonStore store;
    private final AttendanceStore attendance;
    private final AccessGuard guard;
    private final Access access;
    private final Evidence evidence;
    private final City city;
    private final Clock clock;

    Trainings(
            PersonnelTerms terms,
            Ledger ledger,
            KeyPersonStore store,
            AttendanceStore attendance,
            AccessGuard guard,
            Access access,
            Evidence evidence,
            City city,
            Clock clock) {
        this.terms = terms;
        this.ledger = ledger;
        this.store = store;
        this.attendance = attendance;
        this.guard = guard;
        this.access = access;
        this.evidence = evidence;
        this.city = city;
        this.clock = clock;
    }

    /**
     * A training and how many came.
     *
     * @param passMark least score that passes its exam, null without one
     * @param counts whether passing it gives a right to access
     */
    public record Training(
            Entry entry,
            @Nullable LocalDate day,
            @Nullable BigDecimal passMark,
            boolean counts,
            long recorded,
            long attended,
            long passed) {}

    /** All trainings of the city; departments send their people to those of others too. */
    @Transactional(readOnly = true)
    public Page<Training> list(Slice slice) {
        Page<Entry> page = ledger.list(EntryFilter.all(terms.training().ledger()), slice);
        Map<String, AttendanceStore.Counts> counts =
                attendance.counts(page.items().stream().map(Entry::id).toList());
        return page.map(e -> training(e, counts.getOrDefault(e.id(), AttendanceStore.Counts.NONE)));
    }

    /**
     * A training.
     *
     * @throws PersonnelException if there is none
     */
    public Training get(String entry) {
        return training(
                entry(entry),
                attendance.counts(List.of(entry)).getOrDefault(entry, AttendanceStore.Counts.NONE));
    }

    private Entry entry(String id) {
        return ledger.find(terms.training().ledger(), id)
                .filter(e -> e.removed() == null)
                .orElseThrow(() -> PersonnelException.trainingNotFound(id));
    }

    private Training training(Entry entry, AttendanceStore.Counts counts) {
        return new Training(
                entry,
                day(entry),
                passMark(entry),
                counts(entry),
                counts.recorded(),
                counts.attended(),
                counts.passed());
    }

    private @Nullable LocalDate day(Entry entry) {
        return date(entry, terms.training().date());
    }

    private static @Nullable LocalDate date(Entry entry, @Nullable String field) {
        String day = field == null ? null : entry.text(field);
        return day == null ? null : LocalDate.parse(day);
    }

    private @Nullable BigDecimal passMark(Entry entry) {
        String field = terms.training().exam();
        boolean exam = field == null || Boolean.TRUE.equals(entry.fields().get(field));
        return exam ? BigDecimal.valueOf(terms.training().passScore()) : null;
    }

    /** Whether passing it gives a right to access. */
    private boolean counts(Entry entry) {
        String field = terms.training().kind();
        List<String> kinds = terms.training().kinds();
        return field == null
                || kinds.isEmpty()
                || entry.texts(field).stream().anyMatch(kinds::contains);
    }

    /** Who came, with the person of each; those out of reach of the actor are left out. */
    @Transactional(readOnly = true)
    public List<Recorded> attendance(String training) {
        get(training);
        List<Attendance> all = attendance.ofTraining(training);
        Map<String, KeyPerson> persons =
                store.all(all.stream().map(Attendance::person).toList()).stream()
                        .collect(Collectors.toMap(KeyPerson::entry, p -> p));
        List<Recorded> recorded = new ArrayList<>();
        for (Attendance each : all) {
            KeyPerson person = persons.get(each.person());
            if (person != null && access.actor().may("personnel:read", person.organisation())) {
                recorded.add(new Recorded(person, each));
            }
        }
        return recorded;
    }

    /** Somebody's part in a training, with the person. */
    public record Recorded(KeyPerson person, Attendance attendance) {}

    /** The trainings of a key person, with the entries that are still there. */
    public Map<String, Entry> entries(List<Attendance> of) {
        return ledger.all(
                terms.training().ledger(), of.stream().map(Attendance::training).toList());
    }

    /**
     * A row to record.
     *
     * @param person identifier, code, account or name of a key person
     * @param passed whether it was passed; null lets the score decide
     * @param validUntil last day on which it counts; null lets the city's terms decide
     */
    public record Row(
            String person,
            boolean attended,
            @Nullable BigDecimal score,
            @Nullable Boolean passed,
            @Nullable LocalDate validUntil) {}

    /** What a row means. */
    public enum Outcome {
        ADDED,
        CHANGED,
        SAME,
        WRONG
    }

    /**
     * A row looked at.
     *
     * @param error what is wrong with it, or null
     */
    public record Looked(
            Row row,
            Outcome outcome,
            @Nullable KeyPerson person,
            @Nullable Attendance attendance,
            @Nullable FieldError error) {}

    /**
     * Records rows, all or none: a wrong row hinders all. The actor records those whom the actor
     * manages; others are not found.
     *
     * @param preview only tells what the rows mean
     * @throws BorderException if a row is wrong and it is no preview
     */
    @Transactional
    public List<Looked> record(String training, List<Row> rows, boolean preview) {
        Training of = get(training);
        Actor actor = access.actor();
        if (rows.isEmpty() || rows.size() > MOST_ROWS) {
            throw BorderException.invalid("rows", "personnel.rows", MOST_ROWS);
        }
        List<Looked> looked = look(actor, of, rows);
        List<FieldError> errors = new ArrayList<>();
        for (Looked each : looked) {
            FieldError error = each.error();
            if (error != null) {
                errors.add(error);
            }
        }
        if (preview) {
            return looked;
        }
        if (!errors.isEmpty()) {
            throw BorderException.invalid(errors);
        }
        for (Looked each : looked) {
            Attendance record = each.attendance();
            if (record != null && each.outcome() != Outcome.SAME) {
                write(actor, record, each.outcome());
            }
        }
        return looked;
    }

    private void write(Actor actor, Attendance record, Outcome outcome) {
        attendance.save(record, clock.instant(), actor.username());
        BigDecimal score = record.score();
        evidence.changed(
                actor.who(),
                outcome == Outcome.ADDED ? "training.recorded" : "training.corrected",
                terms.training().ledger() + ":" + record.training(),
                Map.of(
                        "person", record.person(),
                        "attended", Boolean.toString(record.attended()),
                        "score", score == null ? "" : score.toPlainString(),
                        "passed", Boolean.toString(record.passed())));
        guard.look(record.person());
    }

    /** Takes a record away that was written by mistake. */
    @Transactional
    public void delete(String training, String person) {
        Training of = get(training);
        KeyPerson found =
                store.find(person).orElseThrow(() -> PersonnelException.personNotFound(person));
        Actor actor = access.require(MANAGE, found.organisation());
        if (!attendance.delete(of.entry().id(), person)) {
            throw PersonnelException.personNotFound(person);
        }
        evidence.changed(
                actor.who(),
                "training.deleted",
                terms.training().ledger() + ":" + training,
                Map.of("person", person));
        guard.look(person);
    }

    private List<Looked> look(Actor actor, Training training, List<Row> rows) {
        Map<String, Attendance> before = new HashMap<>();
        attendance.ofTraining(training.entry().id()).forEach(a -> before.put(a.person(), a));
        Set<String> seen = new HashSet<>();
        List<Looked> looked = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            List<KeyPerson> meant =
                    store.meant(row.person().strip()).stream()
                            .filter(p -> actor.may(MANAGE, p.organisation()))
                            .toList();
            FieldError error = error(row, i, meant, training);
            if (error == null && !seen.add(meant.getFirst().entry())) {
                error = new FieldError(at(i, "person"), "personnel.twice", row.person());
            }
            looked.add(
                    error == null
                            ? fitting(row, meant.getFirst(), training, before)
                            : new Looked(row, Outcome.WRONG, null, null, error));
        }
        return looked;
    }

    private @Nullable FieldError error(Row row, int i, List<KeyPerson> meant, Training training) {
        if (meant.isEmpty()) {
            return new FieldError(at(i, "person"), "personnel.nobody", row.person());
        }
        if (meant.size() > 1) {
            return new FieldError(at(i, "person"), "personnel.several", row.person(), meant.size());
        }
        BigDecimal score = row.score();
        if (score != null && (score.signum() < 0 || score.compareTo(MOST_SCORE) > 0)) {
            return new FieldError(at(i, "score"), "personnel.score", MOST_SCORE);
        }
        if (score != null && score.stripTrailingZeros().scale() > 2) {
            return new FieldError(at(i, "score"), "personnel.scoreDecimals");
        }
        if (Boolean.TRUE.equals(row.passed()) && !row.attended()) {
            return new FieldError(at(i, "passed"), "personnel.passedAbsent");
        }
        LocalDate day = training.day();
        if (row.attended() && day == null) {
            return new FieldError(at(i, "attended"), "personnel.noDay");
        }
        if (row.attended() && day != null && day.isAfter(today())) {
            return new FieldError(at(i, "attended"), "personnel.notYet", day.toString());
        }
        LocalDate until = row.validUntil();
        return until != null && day != null && until.isBefore(day)
                ? new FieldError(at(i, "validUntil"), "personnel.endsBefore", day.toString())
                : null;
    }

    private LocalDate today() {
        return clock.instant().atZone(city.zone()).toLocalDate();
    }

    private Looked fitting(
            Row row, KeyPerson person, Training training, Map<String, Attendance> before) {
        BigDecimal mark = training.passMark();
        BigDecimal score = row.score();
        Boolean told = row.passed();
        boolean reached = mark == null || score != null && score.compareTo(mark) >= 0;
        boolean passed = row.attended() && (told == null ? reached : told);
        Attendance record =
                new Attendance(
                        training.entry().id(),
                        person.entry(),
                        row.attended(),
                        score,
                        passed,
                        passed && training.counts() ? validUntil(row, training) : null);
        Attendance other = before.get(person.entry());
        Outcome outcome =
                other == null
                        ? Outcome.ADDED
                        : record.isLike(other) ? Outcome.SAME : Outcome.CHANGED;
        return new Looked(row, outcome, person, record, null);
    }

    private @Nullable LocalDate validUntil(Row row, Training training) {
        LocalDate given = row.validUntil();
        LocalDate day = training.day();
        if (given != null || day == null) {
            return given;
        }
        LocalDate told = date(training.entry(), terms.training().until());
        return told != null ? told : day.plusMonths(terms.training().validMonths());
    }

    private static String at(int row, String field) {
        return "rows[" + row + "]." + field;
    }
}
