package cn.tiaoxi.platform.ledger;

import cn.tiaoxi.platform.identity.People;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What values refer to: people, other entries, files. One is made for each change or batch and
 * remembers what it looked up.
 */
final class Lookup {
    private final People people;
    private final CodeStore codes;
    private final FileStore files;
    private final Map<String, Boolean> persons = new HashMap<>();
    private final Map<String, Boolean> knownFiles = new HashMap<>();
    private final Map<String, Map<String, Target>> byLedger = new HashMap<>();

    /** An entry that a reference names. */
    record Target(String id, boolean removed) {}

    Lookup(People people, CodeStore codes, FileStore files) {
        this.people = people;
        this.codes = codes;
        this.files = files;
    }

    boolean isPerson(String username) {
        return persons.computeIfAbsent(username, u -> people.byUsername(u).isPresent());
    }

    boolean isFile(String id) {
        return knownFiles.computeIfAbsent(id, files::exists);
    }

    /** The entry of that identifier or code, or null. */
    @Nullable Target entry(String ledger, String idOrCode) {
        Map<String, Target> known = byLedger.computeIfAbsent(ledger, l -> new HashMap<>());
        if (!known.containsKey(idOrCode)) {
            fetch(ledger, Set.of(idOrCode));
        }
        return known.get(idOrCode);
    }

    /** Looks up many at once, before they are asked for one by one. */
    void fetch(String ledger, Collection<String> idsOrCodes) {
        Map<String, Target> known = byLedger.computeIfAbsent(ledger, l -> new HashMap<>());
        Set<String> missing = new HashSet<>(idsOrCodes);
        missing.removeAll(known.keySet());
        if (!missing.isEmpty()) {
            missing.forEach(m -> known.put(m, null));
            known.putAll(codes.targets(ledger, missing));
        }
    }
}
