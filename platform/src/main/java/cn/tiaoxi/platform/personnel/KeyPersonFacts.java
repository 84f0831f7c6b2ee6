package cn.tiaoxi.platform.personnel;

import cn.tiaoxi.platform.identity.People;
import cn.tiaoxi.platform.identity.Person;
import cn.tiaoxi.platform.identity.PersonChanged;
import cn.tiaoxi.platform.ledger.Author;
import cn.tiaoxi.platform.ledger.Entry;
import cn.tiaoxi.platform.ledger.Ledger;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Writes what is known about a key person into the entry's facts, where the rules of the ledger see
 * it: {@code trained} and {@code trainedUntil}, {@code account} (whether there is one), {@code
 * accountActive}, {@code reaches} (how many things), {@code standing} (whether access is right).
 */
@Component
class KeyPersonFacts {
    /** What the entry's change is called; it is none that anybody made. */
    static final String ACTION = "know";

    private final PersonnelTerms terms;
    private final Ledger ledger;
    private final Standing standing;
    private final KeyPersonStore store;
    private final People people;
    private final ObjectProvider<ReachSource> sources;

    KeyPersonFacts(
            PersonnelTerms terms,
            Ledger ledger,
            Standing standing,
            KeyPersonStore store,
            People people,
            ObjectProvider<ReachSource> sources) {
        this.terms = terms;
        this.ledger = ledger;
        this.standing = standing;
        this.store = store;
        this.people = people;
        this.sources = sources;
    }

    /** The facts of an account follow it. */
    @EventListener
    void changed(PersonChanged event) {
        store.ofAccount(people.get(event.id()).username()).forEach(this::write);
    }

    /** Writes the facts if they are others than before. */
    void write(KeyPerson person) {
        String type = terms.person().ledger();
        Entry entry = ledger.find(type, person.entry()).orElse(null);
        if (entry == null || entry.removed() != null) {
            return;
        }
        Map<String, Object> facts = new LinkedHashMap<>(entry.facts());
        facts.putAll(facts(person));
        if (!new TreeMap<>(facts).toString().equals(new TreeMap<>(entry.facts()).toString())) {
            ledger.record(Author.SYSTEM, type, entry.id(), ACTION, null, facts, List.of());
        }
    }

    private Map<String, Object> facts(KeyPerson person) {
        LocalDate until = person.trainedUntil();
        String username = person.username();
        Optional<Person> account =
                username == null ? Optional.empty() : people.byUsername(username);
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("trained", until != null && !until.isBefore(standing.today()));
        facts.put("trainedUntil", until == null ? "" : until.toString());
        facts.put("account", account.isPresent());
        facts.put("accountActive", account.filter(Person::active).isPresent());
        facts.put("reaches", reached(person).stream().filter(Reached::active).count());
        facts.put("standing", person.inGoodStanding());
        return facts;
    }

    /** What the modules above know that somebody reaches. */
    List<Reached> reached(KeyPerson person) {
        return sources.stream().flatMap(s -> s.of(person).stream()).toList();
    }
}
