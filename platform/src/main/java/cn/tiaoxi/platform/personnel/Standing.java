package cn.tiaoxi.platform.personnel;

import cn.tiaoxi.platform.city.City;
import cn.tiaoxi.platform.ledger.Entry;
import cn.tiaoxi.platform.ledger.Ledger;
import cn.tiaoxi.platform.ledger.LedgerType;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells from an entry, its vendor, its trainings and the day whether somebody may have access. */
@Component
class Standing {
    private final PersonnelTerms terms;
    private final Ledger ledger;
    private final City city;
    private final Clock clock;

    Standing(PersonnelTerms terms, Ledger ledger, City city, Clock clock) {
        this.terms = terms;
        this.ledger = ledger;
        this.city = city;
        this.clock = clock;
    }

    LocalDate today() {
        return clock.instant().atZone(city.zone()).toLocalDate();
    }

    /** Trainings that ended before that day no longer do; null where the city lets it pass. */
    @Nullable LocalDate untrainedSince() {
        PersonnelTerms.TrainingTerms training = terms.training();
        return training.blocks() ? today().minusDays(training.graceDays()) : null;
    }

    /**
     * The key person of an entry, as of now.
     *
     * @param trainedUntil last day of the valid training, or null
     * @param loss the loss that nobody has undone, or null
     */
    KeyPerson of(Entry entry, @Nullable LocalDate trainedUntil, @Nullable String loss) {
        PersonnelTerms.PersonTerms fields = terms.person();
        LedgerType type = ledger.type(fields.ledger());
        boolean over = entry.removed() != null || !type.counts(entry.state());
        KeyPerson person =
                new KeyPerson(
                        entry.id(),
                        entry.code(),
                        entry.title(),
                        entry.organisation(),
                        entry.state(),
                        entry.text(fields.vendor()),
                        entry.texts(fields.applications()),
                        entry.text(fields.account()),
                        date(entry.text(fields.clearanceUntil())),
                        date(entry.text(fields.contractUntil())),
                        trainedUntil,
                        over,
                        List.of(),
                        loss,
                        entry.created());
        return person.with(trainedUntil, reasons(entry, person, type), loss);
    }

    private List<LossReason> reasons(Entry entry, KeyPerson person, LedgerType type) {
        List<LossReason> reasons = new ArrayList<>();
        LocalDate today = today();
        if (entry.removed() != null) {
            reasons.add(LossReason.REMOVED);
        }
        if (!terms.person().active().contains(entry.state())) {
            reasons.add(
                    entry.state().equals(type.initial()) ? LossReason.PENDING : LossReason.LEFT);
        }
        String clearance = entry.text(terms.person().clearance());
        if (clearance == null || !terms.person().cleared().contains(clearance)) {
            reasons.add(LossReason.NOT_CLEARED);
        }
        if (isBefore(person.clearanceUntil(), today)) {
            reasons.add(LossReason.CLEARANCE_EXPIRED);
        }
        if (isBefore(person.contractUntil(), today)) {
            reasons.add(LossReason.CONTRACT_ENDED);
        }
        String vendor = person.vendor();
        if (vendor != null && !isAdmitted(vendor)) {
            reasons.add(LossReason.VENDOR_NOT_ADMITTED);
        }
        LocalDate limit = untrainedSince();
        if (limit != null && trained(person).isBefore(limit)) {
            reasons.add(LossReason.UNTRAINED);
        }
        return reasons;
    }

    /** Somebody new has as long as somebody whose training ended on the day of the entry. */
    private LocalDate trained(KeyPerson person) {
        LocalDate until = person.trainedUntil();
        LocalDate since = person.created().atZone(city.zone()).toLocalDate();
        return until == null || until.isBefore(since) ? since : until;
    }

    private boolean isAdmitted(String vendor) {
        return ledger.find(terms.vendor().ledger(), vendor).filter(this::isAdmitted).isPresent();
    }

    /** Whether a vendor's people may have access. */
    boolean isAdmitted(Entry vendor) {
        return vendor.removed() == null && terms.vendor().admitted().contains(vendor.state());
    }

    private static boolean isBefore(@Nullable LocalDate day, LocalDate today) {
        return day != null && day.isBefore(today);
    }

    private static @Nullable LocalDate date(@Nullable String text) {
        try {
            return text == null ? null : LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
