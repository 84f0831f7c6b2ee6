package cn.tiaoxi.command;

import cn.tiaoxi.command.Scenario.Column;
import cn.tiaoxi.command.Scenario.Dataset;
import cn.tiaoxi.command.Scenario.Lookup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Brings tables, describes them, publishes them and their interfaces. What is done is not redone.
 */
final class CatalogueStory {
    private final Cast cast;
    private final Story story;
    private final Path folder;
    private final Path places;

    CatalogueStory(Cast cast, Story story, Path folder, Path places) {
        this.cast = cast;
        this.story = story;
        this.folder = folder;
        this.places = places;
    }

    void play(Dataset dataset) throws IOException {
        String id = find(dataset).orElse("");
        if (id.isEmpty()) {
            id = load(dataset);
        }
        boolean draft =
                cast.as(dataset.by())
                        .get("/datasets/" + id)
                        .path("state")
                        .asString()
                        .equals("DRAFT");
        if (draft) {
            describe(dataset, id);
        }
        String publisher = dataset.publisher();
        if (publisher == null) {
            story.tell("这份草稿留给您补全", "left as a draft for you to finish");
            return;
        }
        if (draft) {
            cast.as(publisher).post("/datasets/" + id + "/publish", null);
            story.tell(publisher + " 发布了“" + dataset.title() + "”", publisher + " published it");
        }
        Lookup lookup = dataset.lookup();
        if (lookup != null) {
            publishInterface(lookup, id);
        }
    }

    private Optional<String> find(Dataset dataset) {
        for (JsonNode item :
                cast.as(dataset.by())
                        .get("/datasets?limit=200&q=" + PlatformClient.encode(dataset.title()))
                        .path("items")) {
            if (item.path("title").asString().equals(dataset.title())) {
                return Optional.of(item.path("id").asString());
            }
        }
        return Optional.empty();
    }

    private String load(Dataset dataset) throws IOException {
        Path file = file(dataset);
        PlatformClient clerk = cast.as(dataset.by());
        String ending = file.toString().endsWith(".xlsx") ? ".xlsx" : ".csv";
        JsonNode upload = clerk.upload(file, dataset.title() + ending);
        refuseFailed(upload);
        String id = upload.path("id").asString();
        story.tell(
                dataset.by()
                        + " 上传“"
                        + dataset.title()
                        + "”（"
                        + understood(upload)
                        + "，"
                        + upload.path("probe").path("columns").size()
                        + " 列）",
                dataset.by()
                        + " brought "
                        + dataset.table()
                        + " ("
                        + understood(upload)
                        + ", "
                        + upload.path("probe").path("columns").size()
                        + " columns)");
        Map<String, Object> order = new HashMap<>();
        order.put("title", dataset.title());
        order.put("mode", "REPLACE");
        order.put("columns", mended(dataset, upload.path("probe").path("columns")));
        clerk.post("/uploads/" + id + "/load", order);
        JsonNode loaded =
                Waiting.until(
                        "load of " + file,
                        () -> clerk.get("/uploads/" + id),
                        now -> !now.path("state").asString().equals("LOADING"));
        refuseFailed(loaded);
        JsonNode result = loaded.path("result");
        String rows = String.format(Locale.ROOT, "%,d", result.path("rows").asLong());
        story.tell(
                "装载 "
                        + rows
                        + " 行，退回 "
                        + result.path("rejected").asLong()
                        + " 行（"
                        + story.seconds()
                        + "）",
                rows
                        + " rows loaded, "
                        + result.path("rejected").asLong()
                        + " sent back ("
                        + story.seconds()
                        + ")");
        return identifier(result.path("dataset"));
    }

    /** How the platform understood the file: its encoding, or its format where that has none. */
    private static String understood(JsonNode upload) {
        JsonNode probe = upload.path("probe");
        return probe.path("encoding").isString()
                ? probe.path("encoding").asString()
                : probe.path("format").asString();
    }

    /** The real table of divisions where it is at hand, else what the generator makes. */
    private Path file(Dataset dataset) throws IOException {
        Path streets = places.resolve("streets.csv");
        if (dataset.table().equals("divisions") && Files.exists(streets)) {
            return streets;
        }
        String format = dataset.format() == null ? "csv" : dataset.format();
        String name = dataset.table() + (dataset.publisher() == null ? "-draft" : "");
        return new RegistryGenerator(1, places)
                .write(
                        RegistryGenerator.Kind.valueOf(dataset.table().toUpperCase(Locale.ROOT)),
                        dataset.rows(),
                        format,
                        folder.resolve(name + (format.equals("xlsx") ? ".xlsx" : ".csv")))
                .file();
    }

    private static List<Map<String, Object>> mended(Dataset dataset, JsonNode probed) {
        List<Map<String, Object>> mended = new ArrayList<>();
        for (JsonNode found : probed) {
            for (Column column : dataset.columns()) {
                if (column.source().equals(found.path("sourceName").asString())) {
                    Map<String, Object> entry = new LinkedHashMap<>();
                    entry.put("index", found.path("index").asInt());
                    entry.put("name", column.name());
                    entry.put("label", column.label());
                    entry.put("type", column.type());
                    mended.add(entry);
                }
            }
        }
        if (mended.size() != dataset.columns().size()) {
            throw new IllegalStateException(
                    dataset.title() + " has other columns than expected: " + probed);
        }
        return mended;
    }

    /** Confirms what the platform suggests, except where the scenario says it better. */
    private void describe(Dataset dataset, String id) {
        PlatformClient clerk = cast.as(dataset.by());
        JsonNode entry = clerk.get("/datasets/" + id);
        Map<String, JsonNode> profiled = new HashMap<>();
        for (JsonNode column : entry.path("columnsDetail")) {
            profiled.put(column.path("name").asString(), column);
        }
        List<Map<String, Object>> described = new ArrayList<>();
        for (Column column : dataset.columns()) {
            Map<String, Object> change = new LinkedHashMap<>();
            change.put("name", column.name());
            change.put("label", column.label());
            change.put("description", column.description());
            change.put("grade", column.grade());
            JsonNode element =
                    profiled.getOrDefault(column.name(), entry)
                            .path("suggestion")
                            .path("element")
                            .path("id");
            if (element.isString()) {
                change.put("element", element.asString());
            }
            described.add(change);
        }
        clerk.post("/datasets/" + id + "/columns", Map.of("columns", described, "confirm", true));
        JsonNode current = clerk.get("/datasets/" + id);
        Map<String, Object> fields = new HashMap<>();
        for (JsonNode definition : current.path("fieldDefinitions")) {
            String name = definition.path("id").asString();
            if (dataset.fields().containsKey(name)) {
                fields.put(name, dataset.fields().get(name));
            }
        }
        clerk.patch("/datasets/" + id, Map.of("fields", fields), current.path("version").asLong());
        int findings = clerk.get("/datasets/" + id).path("findings").asInt();
        story.tell(
                dataset.by()
                        + " 确认了 "
                        + described.size()
                        + " 个字段的分级，补全核心元数据，剩余问题 "
                        + findings
                        + " 项",
                dataset.by()
                        + " confirmed "
                        + described.size()
                        + " grades and described the dataset; "
                        + findings
                        + " findings left");
    }

    private void publishInterface(Lookup lookup, String dataset) {
        PlatformClient clerk = cast.as(lookup.by());
        if (!exists(clerk, lookup.id())) {
            Map<String, Object> order = new LinkedHashMap<>();
            order.put("id", lookup.id());
            order.put("name", lookup.name());
            order.put("dataset", dataset);
            order.put("keys", lookup.keys());
            order.put("fields", lookup.fields());
            order.put("pageLimit", lookup.pageLimit());
            clerk.post("/interfaces", order);
        }
        JsonNode live =
                Waiting.until(
                        "interface " + lookup.id(),
                        () -> clerk.get("/interfaces/" + lookup.id()),
                        now -> !now.path("state").asString().equals("MATERIALISING"));
        if (!live.path("state").asString().equals("LIVE")) {
            throw new IllegalStateException("Interface " + lookup.id() + " is not live: " + live);
        }
        story.tell(
                "接口 " + lookup.id() + " 已上线（" + story.seconds() + "）",
                "interface " + lookup.id() + " is live (" + story.seconds() + ")");
    }

    private static boolean exists(PlatformClient clerk, String lookup) {
        try {
            clerk.get("/interfaces/" + lookup);
            return true;
        } catch (PlatformRefusal refusal) {
            if (refusal.status() == 404) {
                return false;
            }
            throw refusal;
        }
    }

    private static void refuseFailed(JsonNode upload) {
        String state = upload.path("state").asString();
        if (state.equals("FAILED") || state.equals("CANCELLED")) {
            throw new IllegalStateException("Upload " + state + ": " + upload.path("error"));
        }
    }

    /** An identifier that stands alone or in a reference. */
    static String identifier(JsonNode node) {
        return node.isString() ? node.asString() : node.path("id").asString();
    }
}
