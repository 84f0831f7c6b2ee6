package cn.tiaoxi.command;

import cn.tiaoxi.command.LedgersFile.Wanted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Fills the ledgers: adds the entries of a file, lets them refer to each other, and brings them to
 * their states by the same acts that people do. An act that the platform refuses leaves the entry
 * where it is: some are wrong on purpose.
 */
final class LedgerStory {
    private static final String STEWARD = "zhao.lei";
    private static final String DATASET = "@dataset:";

    private final PlatformClient steward;
    private final Story story;
    private final DailyStory daily;
    private final Map<String, Added> added = new LinkedHashMap<>();
    private final Map<String, JsonNode> types = new HashMap<>();
    private final Map<String, String> datasets = new HashMap<>();

    /** An entry that was added. */
    private record Added(Wanted wanted, String id, String code, long version) {
        String path() {
            return "/ledgers/" + wanted.ledger() + "/entries/" + id;
        }
    }

    LedgerStory(Cast cast, Story story, Path folder) {
        this.steward = cast.as(STEWARD);
        this.story = story;
        this.daily = new DailyStory(steward, story, folder);
    }

    /** Plays the file, unless it has been played or there is none. */
    void play(Path file) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        LedgersFile wanted = LedgersFile.read(file);
        List<Wanted> entries = wanted.entries();
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
        daily.play(
                wanted,
                key -> {
                    Added entry = known(key);
                    return new DailyStory.Added(entry.id(), entry.code());
                });
    }

    /** Lets entries that were added name the datasets that have come since. */
    void nameDatasets() {
        int named = 0;
        for (Added each : added.values()) {
            Map<String, Object> datasets = references(each.wanted(), true);
            if (!datasets.isEmpty()) {
                long version = steward.get(each.path()).path("version").asLong();
                steward.patch(each.path(), Map.of("fields", datasets), version);
                named++;
            }
        }
        if (named > 0) {
            story.tell(
                    "%d 个应用写明了读取的数据".formatted(named),
                    "%d applications name the data that they read".formatted(named));
        }
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
                new Added(
                        wanted,
                        entry.path("id").asString(),
                        entry.path("code").asString(),
                        entry.path("version").asLong()));
    }

    private static boolean refers(Object value) {
        return value instanceof String text && text.startsWith("@")
                || value instanceof List<?> all && all.stream().anyMatch(LedgerStory::refers);
    }

    private static boolean isDataset(Object value) {
        return value instanceof List<?> all
                ? all.stream().anyMatch(LedgerStory::isDataset)
                : value.toString().startsWith(DATASET);
    }

    private void refer(Added entry) {
        Map<String, Object> references = references(entry.wanted(), false);
        if (!references.isEmpty()) {
            JsonNode after =
                    steward.patch(entry.path(), Map.of("fields", references), entry.version());
            added.put(
                    entry.wanted().key(),
                    new Added(
                            entry.wanted(),
                            entry.id(),
                            entry.code(),
                            after.path("version").asLong()));
        }
    }

    /** The fields that refer to datasets, or to other entries. */
    private Map<String, Object> references(Wanted wanted, boolean datasets) {
        Map<String, Object> references = new LinkedHashMap<>();
        wanted.fields()
                .forEach(
                        (field, value) -> {
                            if (refers(value) && isDataset(value) == datasets) {
                                references.put(field, resolved(value));
                            }
                        });
        return references;
    }

    private Object resolved(Object value) {
        if (value instanceof List<?> all) {
            return all.stream().map(this::resolved).toList();
        }
        String text = value.toString();
        return text.startsWith(DATASET)
                ? datasets.computeIfAbsent(text.substring(DATASET.length()), this::dataset)
                : known(text.substring(1)).id();
    }

    private Added known(String key) {
        Added entry = added.get(key);
        if (entry == null) {
            throw new IllegalStateException("The demonstration's ledgers have no entry " + key);
        }
        return entry;
    }

    private String dataset(String title) {
        for (JsonNode item :
                steward.get("/ledgers/dataset/entries?limit=50&q=" + PlatformClient.encode(title))
                        .path("items")) {
            if (item.path("title").asString().equals(title)) {
                return item.path("id").asString();
            }
        }
        throw new IllegalStateException("There is no dataset " + title);
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
