package cn.tiaoxi.platform.personnel;

import cn.tiaoxi.platform.city.Organisation;
import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.identity.People;
import cn.tiaoxi.platform.identity.Person;
import cn.tiaoxi.platform.identity.PersonChanged;
import cn.tiaoxi.platform.ledger.EntryChanged;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.annotation.Async;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * The coverage of key persons (应管尽管): people with access who are managed, divided by all people
 * with access. Access has who holds an active account of an organisation of the kinds, or with one
 * of the roles, that {@code personnel.yaml} names, and who is a contact of an application. Managed
 * is who has an entry of the ledger of key persons in good standing.
 */
@Service
public class Coverage {
    private final PersonnelTerms terms;
    private final KeyPersonStore persons;
    private final HolderStore store;
    private final People people;
    private final Organisations organisations;
    private final Clock clock;

    Coverage(
            PersonnelTerms terms,
            KeyPersonStore persons,
            HolderStore store,
            People people,
            Organisations organisations,
            Clock clock) {
        this.terms = terms;
        this.persons = persons;
        this.store = store;
        this.people = people;
        this.organisations = organisations;
        this.clock = clock;
    }

    /** Why somebody counts among the people with access. */
    public enum Because {
        VENDOR,
        ROLE,
        CONTACT
    }

    /**
     * Somebody with access.
     *
     * @param organisation code of the organisation of the account
     * @param entry entry of the key person, or null
     * @param lacks empty if managed; {@code ENTRY}, or the first reason against access
     */
    public record Holder(
            String username,
            String name,
            String organisation,
            List<Because> because,
            @Nullable String entry,
            boolean managed,
            String lacks) {
        public Holder {
            because = List.copyOf(because);
        }
    }

    /** The people with access whose organisations are among these; all without any. */
    @Transactional(readOnly = true)
    public List<Holder> holders(Set<String> reach) {
        return compute().stream()
                .filter(h -> reach.isEmpty() || reach.contains(h.organisation()))
                .toList();
    }

    private List<Holder> compute() {
        PersonnelTerms.ApplicationTerms application = terms.application();
        Set<String> contacts =
                new HashSet<>(store.contacts(application.ledger(), application.contacts()));
        Map<String, KeyPerson> managed = new HashMap<>();
        for (KeyPerson each : persons.everybody()) {
            String username = each.username();
            if (username != null) {
                managed.merge(username, each, Coverage::better);
            }
        }
        List<Holder> holders = new ArrayList<>();
        for (Person person : people.active()) {
            List<Because> because = because(person, contacts);
            if (!because.isEmpty()) {
                holders.add(holder(person, because, managed.get(person.username())));
            }
        }
        return holders;
    }

    private static KeyPerson better(KeyPerson one, KeyPerson other) {
        return one.inGoodStanding() || other.over() ? one : other;
    }

    private List<Because> because(Person person, Set<String> contacts) {
        List<Because> because = new ArrayList<>();
        Organisation.Kind kind =
                organisations.find(person.organisation()).map(Organisation::kind).orElse(null);
        if (kind != null && terms.access().kinds().contains(kind)) {
            because.add(Because.VENDOR);
        }
        if (person.roles().stream().anyMatch(terms.access().roles()::contains)) {
            because.add(Because.ROLE);
        }
        if (contacts.contains(person.username())) {
            because.add(Because.CONTACT);
        }
        return because;
    }

    private static Holder holder(Person person, List<Because> because, @Nullable KeyPerson entry) {
        boolean managed = entry != null && entry.inGoodStanding();
        return new Holder(
                person.username(),
                person.name(),
                person.organisation(),
                because,
                entry == null ? null : entry.entry(),
                managed,
                managed ? "" : lacks(entry));
    }

    private static String lacks(@Nullable KeyPerson entry) {
        if (entry == null) {
            return "ENTRY";
        }
        return entry.reasons().isEmpty() ? "RESTORE" : entry.reasons().getFirst().name();
    }

    /** Writes who has access and who of them is managed, for the published view. */
    @Transactional
    public void refresh() {
        store.replace(compute(), clock.instant());
    }

    @Async
    @TransactionalEventListener
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public void changed(PersonChanged event) {
        refresh();
    }

    @Async
    @TransactionalEventListener
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public void changed(EntryChanged event) {
        if (event.type().equals(terms.person().ledger())) {
            refresh();
        }
    }
}
