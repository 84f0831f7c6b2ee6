package cn.tiaoxi.platform.ledger;

import cn.tiaoxi.platform.identity.Actor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Service;

/** What hangs together with an entry: references in both directions, two steps out. */
@Service
public class LedgerGraph {
    private static final int STEPS = 2;
    private static final int MOST_NODES = 60;
    private static final int MOST_LINKS = 400;

    private final LinkStore links;
    private final EntryStore entries;
    private final Ledger ledger;

    LedgerGraph(LinkStore links, EntryStore entries, Ledger ledger) {
        this.links = links;
        this.entries = entries;
        this.ledger = ledger;
    }

    /** An entry in the graph. */
    public record Node(
            String id,
            String type,
            String typeName,
            String code,
            String title,
            String state,
            String stateName,
            String link) {}

    /**
     * A reference.
     *
     * @param name name of the field
     * @param back its name seen from the other end
     */
    public record Edge(String from, String to, String field, String name, String back) {}

    /**
     * What hangs together.
     *
     * @param cut whether there is more than is shown
     */
    public record Graph(List<Node> nodes, List<Edge> edges, boolean cut) {}

    /** The entries around one that the person may see. */
    public Graph around(Actor actor, Entry entry) {
        Set<String> ids = new LinkedHashSet<>(Set.of(entry.id()));
        Set<Link> found = new LinkedHashSet<>();
        Set<String> rim = Set.of(entry.id());
        boolean cut = false;
        for (int step = 0; step < STEPS; step++) {
            Set<String> next = new HashSet<>();
            List<Link> around = links.around(rim, MOST_LINKS + 1);
            cut |= around.size() > MOST_LINKS;
            for (Link link : around) {
                for (String end : List.of(link.source(), link.target())) {
                    if (!ids.contains(end) && ids.size() < MOST_NODES) {
                        ids.add(end);
                        next.add(end);
                    }
                    cut |= !ids.contains(end);
                }
                found.add(link);
            }
            rim = next;
            if (rim.isEmpty()) {
                break;
            }
        }
        return drawn(actor, entry, ids, found, cut);
    }

    private Graph drawn(Actor actor, Entry entry, Set<String> ids, Set<Link> found, boolean cut) {
        Map<String, Entry> known = new LinkedHashMap<>(entries.byId(ids));
        known.put(entry.id(), entry);
        known.values()
                .removeIf(
                        e ->
                                e.removed() != null && !e.id().equals(entry.id())
                                        || !actor.may(
                                                ledger.type(e.type()).readPermission(),
                                                e.organisation()));
        List<Edge> edges = new ArrayList<>();
        for (Link link : found) {
            Entry source = known.get(link.source());
            if (source != null && known.containsKey(link.target())) {
                ledger.type(source.type())
                        .field(link.field())
                        .filter(f -> FieldAccess.mayRead(actor, f, source.organisation()))
                        .ifPresent(f -> edges.add(edge(link, f)));
            }
        }
        Set<String> linked = new HashSet<>(Set.of(entry.id()));
        edges.forEach(
                e -> {
                    linked.add(e.from());
                    linked.add(e.to());
                });
        return new Graph(
                known.values().stream()
                        .filter(e -> linked.contains(e.id()))
                        .map(this::node)
                        .toList(),
                edges,
                cut);
    }

    private static Edge edge(Link link, LedgerType.Field field) {
        var back = field.back();
        return new Edge(
                link.source(),
                link.target(),
                link.field(),
                field.name().shown(),
                back == null ? field.name().shown() : back.shown());
    }

    private Node node(Entry entry) {
        LedgerType type = ledger.type(entry.type());
        return new Node(
                entry.id(),
                entry.type(),
                type.name().shown(),
                entry.code(),
                entry.title(),
                entry.state(),
                type.stateName(entry.state()),
                ledger.link(entry));
    }
}
