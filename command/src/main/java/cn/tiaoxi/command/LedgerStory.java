package cn.tiaoxi.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Fills the ledgers: adds the entries of a file, lets them refer to each other, and brings them to
 * their states by the same acts that people do. An act that the platform refuses leaves the entry
 * where it is: some are wrong on purpose.
 */
final class LedgerStory {
    private static final String STEWARD = "zhao.lei";

    private final PlatformClient steward;
    private final Story story;
    private final Map<String, Added> added = new LinkedHashMap<>();
    private final Map<String, JsonNode> types = new HashMap<>();

    /** The shape of the file. */
    private record LedgersFile(List<Wanted> entries) {}

    /** An entry to add; values {@code @key} stand for the entry of that key. */
    private record Wanted(
            String ledger,
            String key,
            @Nullable String code,
            String title,
            String organisation,
            @Nullable String state,
            Map<String, Object> fields) {}

    /** An entry that was added. */
    private record Added(Wanted wanted, String id, long version) {
        String path() {
            return "/ledgers/" + wanted.ledger() + "/entries/" + id;
        }
    }

    LedgerStory(Cast cast, Story story) {
        this.steward = cast.as(STEWARD);
        this.story = story;
    }

    /** Plays the file, unless it has been played or there is none. */
    void play(Path file) {
        if (!Files.exists(file)) {
            return;
        }
        List<Wanted> entries =
                YAMLMapper.builder().build().readValue(file, LedgersFile.class).entries();
        String first = entries.getFirst().ledger();
        if (steward.get("/ledgers/" + first + "/entries?limit=1").path("total").asLong() > 0) {
            story.tell("台账已有条目，保持原样", "the ledgers have entries already; they are kept");
            return;
        }
        entries.forEach(this::add);
        added.values().forEach(this::refer);
        int heldBack = 0;
        for (Added each : added.values()) {
            heldBack += move(each) ? 0 : 1;
        }
        story.tell(
                "登记了 %d 个条目，其中 %d 个尚未到达应有状态，用时 %s"
                        .formatted(added.size(), heldBack, story.seconds()),
                "%d entries were added; %d of them are held back by their findings"
                        .formatted(added.size(), heldBack));
    }

    private void add(Wanted wanted) {
        Map<String, Object> plain = new LinkedHashMap<>();
        wanted.fields()
                .forEach(
                        (field, value) -> {
                            if (!refers(value)) {
                                plain.put(field, value);
                            }
                        });
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("title", wanted.title());
        body.put("organisation", wanted.organisation());
        body.put("fields", plain);
        if (wanted.code() != null) {
            body.put("code", wanted.code());
        }
        JsonNode entry = steward.post("/ledgers/" + wanted.ledger() + "/entries", body);
        added.put(
                wanted.key(),
                new Added(wanted, entry.path("id").asString(), entry.path("version").asLong()));
    }

    private static boolean refers(Object value) {
        return value instanceof String text && text.startsWith("@")
                || value instanceof List<?> all && all.stream().anyMatch(LedgerStory::refers);
    }

    private void refer(Added entry) {
        Map<String, Object> references = new LinkedHashMap<>();
        entry.wanted()
                .fields()
                .forEach(
                        (field, value) -> {
                            if (refers(value)) {
                                references.put(field, resolved(value));
                            }
                        });
        if (!references.isEmpty()) {
            JsonNode after =
                    steward.patch(entry.path(), Map.of("fields", references), entry.version());
            added.put(
                    entry.wanted().key(),
                    new Added(entry.wanted(), entry.id(), after.path("version").asLong()));
        }
    }

    private Object resolved(Object value) {
        if (value instanceof List<?> all) {
            return all.stream().map(this::resolved).toList();
        }
        String key = value.toString().substring(1);
        Added other = added.get(key);
        if (other == null) {
            throw new IllegalStateException("The demonstration's ledgers have no entry " + key);
        }
        return other.id();
    }

    /** Brings an entry to its state; false if the platform refuses an act on the way. */
    private boolean move(Added entry) {
        String state = entry.wanted().state();
        if (state == null) {
            return true;
        }
        JsonNode type =
                types.computeIfAbsent(entry.wanted().ledger(), t -> steward.get("/ledgers/" + t));
        for (String action : way(type, type.path("initial").asString(), state)) {
            try {
                steward.post(entry.path() + "/act", Map.of("action", action, "reason", "演示数据"));
            } catch (PlatformRefusal e) {
                return false;
            }
        }
        return true;
    }

    /** The shortest way from a state to another: the acts on it. */
    private static List<String> way(JsonNode type, String from, String to) {
        Map<String, List<String>> ways = new HashMap<>(Map.of(from, List.of()));
        Deque<String> open = new ArrayDeque<>(List.of(from));
        while (!open.isEmpty() && !ways.containsKey(to)) {
            String at = open.remove();
            for (JsonNode each : type.path("transitions")) {
                boolean begins =
                        each.path("from").valueStream().anyMatch(s -> s.asString().equals(at));
                String next = each.path("to").asString();
                if (begins && !ways.containsKey(next)) {
                    List<String> way = new ArrayList<>(ways.get(at));
                    way.add(each.path("action").asString());
                    ways.put(next, way);
                    open.add(next);
                }
            }
        }
        return ways.getOrDefault(to, List.of());
    }
}
