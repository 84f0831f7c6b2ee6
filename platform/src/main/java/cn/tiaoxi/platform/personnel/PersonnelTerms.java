package cn.tiaoxi.platform.personnel;

import cn.tiaoxi.platform.city.CityException;
import cn.tiaoxi.platform.city.CityFolder;
import cn.tiaoxi.platform.city.Organisation;
import cn.tiaoxi.platform.identity.Roles;
import cn.tiaoxi.platform.ledger.Ledger;
import cn.tiaoxi.platform.ledger.LedgerType;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What the city says about key persons, from {@code personnel.yaml}: which fields of its ledgers
 * tell what, who counts as having access, and when access ends. A name that is none of the ledgers'
 * refuses the start.
 */
@Component
public class PersonnelTerms {
    private static final String FILE = "personnel.yaml";

    private final Terms terms;
    private final CityFolder folder;
    private final Ledger ledger;

    /** The shape of {@code personnel.yaml}. */
    record Terms(
            PersonTerms person,
            VendorTerms vendor,
            ApplicationTerms application,
            TrainingTerms training,
            AccessTerms access) {}

    /**
     * The ledger of key persons and its fields.
     *
     * @param active states in which somebody may have access
     * @param cleared values of the clearance's field that permit access
     */
    public record PersonTerms(
            String ledger,
            List<String> active,
            String vendor,
            String applications,
            String account,
            String clearance,
            List<String> cleared,
            String clearanceUntil,
            String contractUntil) {}

    /**
     * The ledger of vendors.
     *
     * @param admitted states in which a vendor's people may have access
     * @param creditCode field with the unified social credit code, which tells a vendor's
     *     organisation
     */
    public record VendorTerms(String ledger, List<String> admitted, String creditCode) {}

    /**
     * The ledger of applications.
     *
     * @param answering fields that name a vendor; the first that is filled in answers for it
     * @param contacts fields that name people
     */
    public record ApplicationTerms(String ledger, List<String> answering, List<String> contacts) {}

    /**
     * The ledger of trainings, and what is asked.
     *
     * @param date field with the day
     * @param kind field with the kind, or null
     * @param exam field that tells whether there is an exam, or null if there always is
     * @param until field with the last day on which it counts, or null
     * @param kinds kinds that count; none for all
     * @param passScore least score that passes an exam
     * @param validMonths how long a training counts
     * @param graceDays how long somebody may go on without one
     * @param blocks whether access ends after that
     */
    public record TrainingTerms(
            String ledger,
            String date,
            @Nullable String kind,
            @Nullable String exam,
            @Nullable String until,
            List<String> kinds,
            int passScore,
            int validMonths,
            int graceDays,
            boolean blocks) {}

    /**
     * Whose accounts are to be managed, besides contacts of applications.
     *
     * @param kinds those of organisations of these kinds
     * @param roles those with one of these roles
     */
    public record AccessTerms(Set<Organisation.Kind> kinds, Set<String> roles) {}

    PersonnelTerms(CityFolder folder, Ledger ledger, Roles roles) {
        this.folder = folder;
        this.ledger = ledger;
        this.terms = folder.read(FILE, Terms.class);
        checkPerson(terms.person());
        checkVendor(terms.vendor());
        ApplicationTerms application = terms.application();
        type(application.ledger());
        application.answering().forEach(f -> field(application.ledger(), f, REFERENCE));
        application.contacts().forEach(f -> field(application.ledger(), f, PERSON));
        checkTraining(terms.training());
        Set<String> known = roles.all().stream().map(Roles.Role::id).collect(Collectors.toSet());
        for (String role : terms.access().roles()) {
            require(known.contains(role), "there is no role " + role);
        }
    }

    private static final Set<LedgerType.Kind> REFERENCE = Set.of(LedgerType.Kind.REFERENCE);
    private static final Set<LedgerType.Kind> PERSON = Set.of(LedgerType.Kind.PERSON);
    private static final Set<LedgerType.Kind> DATE = Set.of(LedgerType.Kind.DATE);
    private static final Set<LedgerType.Kind> CODE =
            Set.of(LedgerType.Kind.CODE, LedgerType.Kind.BOOLEAN);

    private void checkPerson(PersonTerms person) {
        states(person.ledger(), person.active());
        field(person.ledger(), person.vendor(), REFERENCE);
        field(person.ledger(), person.applications(), REFERENCE);
        field(person.ledger(), person.account(), PERSON);
        field(person.ledger(), person.clearance(), CODE);
        field(person.ledger(), person.clearanceUntil(), DATE);
        field(person.ledger(), person.contractUntil(), DATE);
    }

    private void checkVendor(VendorTerms vendor) {
        states(vendor.ledger(), vendor.admitted());
        field(vendor.ledger(), vendor.creditCode(), Set.of(LedgerType.Kind.TEXT));
    }

    private void checkTraining(TrainingTerms training) {
        type(training.ledger());
        field(training.ledger(), training.date(), DATE);
        String kind = training.kind();
        if (kind != null) {
            field(training.ledger(), kind, CODE);
        }
        String exam = training.exam();
        if (exam != null) {
            field(training.ledger(), exam, Set.of(LedgerType.Kind.BOOLEAN));
        }
        String until = training.until();
        if (until != null) {
            field(training.ledger(), until, DATE);
        }
        require(
                training.validMonths() > 0 && training.graceDays() >= 0,
                "`validMonths` must be 1 or more, `graceDays` 0 or more");
    }

    private LedgerType type(String id) {
        return ledger.types().stream()
                .filter(t -> t.id().equals(id))
                .findFirst()
                .orElseThrow(() -> wrong("there is no ledger " + id));
    }

    private void states(String type, List<String> states) {
        for (String state : states) {
            require(
                    type(type).state(state).isPresent(),
                    "the ledger " + type + " has no state " + state);
        }
    }

    private void field(String type, String id, Set<LedgerType.Kind> kinds) {
        LedgerType.Field field =
                type(type)
                        .field(id)
                        .orElseThrow(() -> wrong("the ledger " + type + " has no field " + id));
        require(
                kinds.contains(field.type()),
                "the field %s of the ledger %s must be of %s".formatted(id, type, kinds));
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            throw wrong(otherwise);
        }
    }

    private CityException wrong(String reason) {
        return CityException.wrong(folder.path(FILE), reason);
    }

    public PersonTerms person() {
        return terms.person();
    }

    public VendorTerms vendor() {
        return terms.vendor();
    }

    public ApplicationTerms application() {
        return terms.application();
    }

    public TrainingTerms training() {
        return terms.training();
    }

    AccessTerms access() {
        return terms.access();
    }
}
