package cn.tiaoxi.platform.ledger;

import cn.tiaoxi.platform.city.CityException;
import cn.tiaoxi.platform.city.CityFolder;
import cn.tiaoxi.platform.evidence.Evidence;
import cn.tiaoxi.platform.identity.People;
import cn.tiaoxi.platform.identity.Roles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The types in force. They come from the city's folder {@code ledgers}; a wrong file refuses the
 * start. Each version is kept. A file that changed comes into force at the next start if the
 * entries that there are lose nothing by it; otherwise it is proposed, and a person decides.
 */
@Component
class LedgerTypes implements SmartInitializingSingleton {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerTypes.class);
    private static final int LOOKED_AT = 50_000;
    private static final int AT_ONCE = 500;

    private final TypeFile file;
    private final TypeStore store;
    private final EntryStore entries;
    private final CodeStore codes;
    private final FieldCheck check;
    private final Inspector inspector;
    private final FileStore files;
    private final People people;
    private final Roles roles;
    private final Evidence evidence;
    private final ObjectProvider<Gate> gates;
    private final Clock clock;
    private final Map<String, ActiveType> active = new ConcurrentSkipListMap<>();

    LedgerTypes(
            CityFolder folder,
            TypeFile file,
            TypeStore store,
            EntryStore entries,
            CodeStore codes,
            FieldCheck check,
            Inspector inspector,
            FileStore files,
            People people,
            Roles roles,
            Evidence evidence,
            ObjectProvider<Gate> gates,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.file = file;
        this.store = store;
        this.entries = entries;
        this.codes = codes;
        this.check = check;
        this.inspector = inspector;
        this.files = files;
        this.people = people;
        this.roles = roles;
        this.evidence = evidence;
        this.gates = gates;
        this.clock = clock;
        Map<String, Path> found = new LinkedHashMap<>();
        for (Path each : folder.files("ledgers", ".yaml")) {
            String name = each.getFileName().toString();
            found.put(name.substring(0, name.length() - ".yaml".length()), each);
        }
        new TransactionTemplate(transactions).executeWithoutResult(s -> load(found));
    }

    /** All types, by name. */
    Collection<LedgerType> all() {
        return active.values().stream().map(ActiveType::type).toList();
    }

    LedgerType get(String id) {
        return inForce(id).type();
    }

    /**
     * The version in force.
     *
     * @throws LedgerException if there is no such ledger
     */
    ActiveType inForce(String id) {
        ActiveType type = active.get(id);
        if (type == null) {
            throw LedgerException.ledgerUnknown(id);
        }
        return type;
    }

    private void load(Map<String, Path> found) {
        Map<String, TypeVersion> stored = new TreeMap<>();
        store.active().forEach(v -> stored.put(v.type(), v));
        Set<String> names = new HashSet<>(found.keySet());
        names.addAll(stored.keySet());
        Map<String, Changed> changed = new TreeMap<>();
        found.forEach(
                (id, path) -> {
                    String yaml = text(path);
                    TypeVersion newest = store.newestOfFile(id).orElse(null);
                    if (newest == null || !newest.sha256().equals(hash(yaml))) {
                        changed.put(id, checked(path, yaml, id, names));
                    }
                });
        stored.forEach(
                (id, v) -> {
                    LedgerType type = file.read(v.yaml());
                    store.weigh(v, type.weight());
                    active.put(id, activeType(type, v.version()));
                });
        changed.forEach(this::fileChanged);
        stored.keySet().stream()
                .filter(id -> !found.containsKey(id))
                .forEach(
                        id ->
                                LOG.info(
                                        "The ledger {} has no file any more; it stays as it is",
                                        id));
    }

    /** A file that is not the one of the last start. */
    private record Changed(String yaml, LedgerType type) {}

    private Changed checked(Path path, String yaml, String id, Set<String> names) {
        TypeFile.Result result =
                file.check(yaml, id, names::contains, gate -> true, this::isPermission);
        if (!result.problems().isEmpty()) {
            TypeProblem first = result.problems().getFirst();
            throw CityException.wrong(
                    path,
                    "line %d, column %d: %s"
                            .formatted(first.line(), first.column(), first.message().en()));
        }
        return new Changed(yaml, java.util.Objects.requireNonNull(result.type()));
    }

    private void fileChanged(String id, Changed changed) {
        LedgerType type = changed.type();
        String yaml = changed.yaml();
        ActiveType candidate = activeType(type, store.nextVersion(id));
        boolean comes =
                !active.containsKey(id) || type.isManaged() || consequences(candidate).harmless();
        if (comes) {
            store.retire(id);
            active.put(id, candidate);
        } else {
            store.passOver(id);
            LOG.warn(
                    "The file of the ledger {} changed so that entries would lose something; it"
                            + " waits as version {} until a person puts it in force",
                    id,
                    candidate.version());
        }
        store.add(
                version(candidate, yaml, TypeVersion.Origin.FILE, comes, Author.SYSTEM, null),
                type.weight());
        evidence.changed(
                Author.SYSTEM.who(),
                comes ? "ledger-type.activate" : "ledger-type.propose",
                "ledger-type:" + id,
                Map.of("version", Integer.toString(candidate.version()), "sha256", hash(yaml)));
    }

    private TypeVersion version(
            ActiveType type,
            String yaml,
            TypeVersion.Origin origin,
            boolean inForce,
            Author author,
            @Nullable String reason) {
        Instant now = clock.instant();
        return new TypeVersion(
                type.type().id(),
                type.version(),
                yaml,
                hash(yaml),
                origin,
                inForce ? TypeVersion.State.ACTIVE : TypeVersion.State.PROPOSED,
                author,
                reason,
                now,
                inForce ? now : null,
                false);
    }

    private ActiveType activeType(LedgerType type, int version) {
        return new ActiveType(
                type,
                version,
                () ->
                        file.compile(
                                type,
                                p ->
                                        LOG.error(
                                                "A rule of the ledger {} is left out: {}",
                                                type.id(),
                                                p.reason())));
    }

    /** Whether some role has the permission. */
    private boolean isPermission(String permission) {
        return roles.all().stream()
                .anyMatch(r -> r.own().contains(permission) || r.all().contains(permission));
    }

    private boolean isGate(String id) {
        return gates.stream().anyMatch(g -> g.id().equals(id));
    }

    @Override
    public void afterSingletonsInstantiated() {
        for (LedgerType type : all()) {
            for (LedgerType.Transition each : type.transitions()) {
                String gate = each.gate();
                if (gate != null && !isGate(gate)) {
                    throw new IllegalStateException(
                            "The ledger %s names the gate %s for %s; there is none of that name"
                                    .formatted(type.id(), gate, each.action()));
                }
            }
        }
    }

    /** What is wrong with a text that is to become a version of that type. */
    TypeFile.Result check(String id, String yaml) {
        return file.check(
                yaml,
                id,
                name -> name.equals(id) || active.containsKey(name),
                this::isGate,
                this::isPermission);
    }

    /** What a text without problems would do to the entries that there are. */
    Consequences consequences(LedgerType type) {
        return consequences(activeType(type, 0));
    }

    private Consequences consequences(ActiveType candidate) {
        String id = candidate.type().id();
        Consequences.Tally tally = new Consequences.Tally(candidate);
        Lookup lookup = new Lookup(people, codes, files);
        String last = EntryStore.FIRST;
        int looked = 0;
        List<Entry> part;
        do {
            part = entries.after(id, last, AT_ONCE);
            Map<String, Entry> linked = entries.linked(candidate, part);
            for (Entry entry : part) {
                tally.add(
                        entry,
                        check.check(candidate, tally.kept(entry), lookup).errors(),
                        inspector.inspected(candidate, entry, linked));
                last = entry.id();
            }
            looked += part.size();
        } while (!part.isEmpty() && looked < LOOKED_AT);
        return tally.sum(entries.totals(id).entries());
    }

    /**
     * Puts a text without problems in force. Call in a transaction, and {@link #adopt} after it.
     *
     * @param expected version in force that the text is based on, 0 for a new type
     */
    ActiveType activate(String yaml, LedgerType type, int expected, Author author, String reason) {
        store.lock(type.id());
        ActiveType before = active.get(type.id());
        int current = before == null ? 0 : before.version();
        cn.tiaoxi.platform.border.Versions.check(expected, current);
        ActiveType after = activeType(type, store.nextVersion(type.id()));
        store.retire(type.id());
        store.add(
                version(after, yaml, TypeVersion.Origin.WEB, true, author, reason), type.weight());
        evidence.changed(
                author.who(),
                "ledger-type.activate",
                "ledger-type:" + type.id(),
                Map.of(
                        "version",
                        Integer.toString(after.version()),
                        "sha256",
                        hash(yaml),
                        "reason",
                        reason));
        return after;
    }

    /**
     * What the entries of a ledger may have been inspected by before its version in force: the last
     * version that went over all of them, and those after it. Empty if none did.
     */
    List<LedgerType> inspectedBefore(ActiveType now) {
        List<LedgerType> before = new ArrayList<>();
        for (TypeVersion each : store.all(now.type().id())) {
            if (each.version() < now.version()) {
                before.add(file.read(each.yaml()));
                if (each.inspected()) {
                    return before;
                }
            }
        }
        return List.of();
    }

    /** Uses a version that has been committed. */
    void adopt(ActiveType type) {
        active.merge(
                type.type().id(), type, (old, next) -> next.version() > old.version() ? next : old);
    }

    private static String text(Path path) {
        try {
            return Files.readString(path, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw CityException.unreadable(path, "cannot be read: " + e.getMessage(), e);
        }
    }

    private static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
