package cn.tiaoxi.platform;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.platform.Visitor.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Somebody who brings tables: sends files, orders their loads, describes and publishes datasets.
 */
public final class Clerk {
    private static final String API = "/api/v1";

    private final Visitor person;
    private final Visitor publisher;

    /**
     * @param publisher who may publish the datasets of the person's organisation
     */
    public Clerk(Visitor person, Visitor publisher) {
        this.person = person;
        this.publisher = publisher;
    }

    /** A column to take from a file. */
    public record Column(int index, String name, String label, String type) {}

    /** Columns to take in the file's order, each as {@code name label TYPE}. */
    public static List<Column> columns(String... columns) {
        List<Column> all = new ArrayList<>();
        for (String each : columns) {
            String[] parts = each.split(" ");
            all.add(new Column(all.size(), parts[0], parts[1], parts[2]));
        }
        return all;
    }

    /** Sends a file. */
    public Answer send(String fileName, byte[] content) {
        String name = URLEncoder.encode(fileName, StandardCharsets.UTF_8);
        return person.postBytes(API + "/uploads?fileName=" + name, content);
    }

    /** Sends a table; returns the upload's identifier. */
    public String upload(String csv) {
        Answer sent = send("table.csv", csv.getBytes(StandardCharsets.UTF_8));
        assertThat(sent.status()).as(sent.toString()).isEqualTo(201);
        assertThat(sent.json().path("state").asString()).as(sent.text()).isEqualTo("PROBED");
        return sent.json().path("id").asString();
    }

    /** What to order for a new dataset. */
    public static Map<String, Object> newDataset(String title, List<Column> columns) {
        return Map.of("title", title, "mode", "REPLACE", "columns", columns);
    }

    /** What to order for rows of a dataset that is there. */
    public static Map<String, Object> rowsOf(String dataset, String mode, List<Column> columns) {
        return Map.of("dataset", dataset, "mode", mode, "columns", columns);
    }

    /** Orders the load of an upload. */
    public Answer order(String upload, Map<String, Object> order) {
        return person.post(API + "/uploads/" + upload + "/load", order);
    }

    /** An upload once its load has ended, well or badly. */
    public JsonNode ended(String upload) {
        return Waiting.until(
                "the end of the load",
                () -> person.get(API + "/uploads/" + upload).json(),
                u -> !u.path("state").asString().equals("LOADING"));
    }

    /** Sends a table and has it loaded; returns the upload. */
    public JsonNode load(String csv, Map<String, Object> order) {
        String upload = upload(csv);
        Answer ordered = order(upload, order);
        assertThat(ordered.status()).as(ordered.toString()).isEqualTo(202);
        JsonNode ended = ended(upload);
        assertThat(ended.path("state").asString()).as(ended.toString()).isEqualTo("LOADED");
        return ended;
    }

    /** Loads a table into a new dataset; returns the dataset's identifier. */
    public String dataset(String title, String csv, List<Column> columns) {
        return load(csv, newDataset(title, columns)).path("result").path("dataset").asString();
    }

    /** A dataset. */
    public JsonNode dataset(String id) {
        return person.get(API + "/datasets/" + id).json();
    }

    /** Gives columns their grades and vouches for them. */
    public void confirm(String dataset, Map<String, String> grades) {
        List<Map<String, String>> columns = new ArrayList<>();
        grades.forEach(
                (name, grade) ->
                        columns.add(
                                Map.of("name", name, "grade", grade, "description", "测试所用的字段")));
        Answer described = describe(dataset, columns, true);
        assertThat(described.status()).as(described.toString()).isEqualTo(200);
    }

    /** Describes columns. */
    public Answer describe(
            String dataset, List<? extends Map<String, ?>> columns, boolean confirm) {
        return person.post(
                API + "/datasets/" + dataset + "/columns",
                Map.of("columns", columns, "confirm", confirm));
    }

    /** Fills in the core metadata, with these fields beside the usual ones. */
    public void fillIn(String dataset, Map<String, Object> fields) {
        Map<String, Object> all = new HashMap<>();
        all.put("summary", "每行是一条登记记录，覆盖全市，供各部门核验使用，由测试带来。");
        all.put("keywords", "登记 核验");
        all.put("resourceClass", "DEPARTMENT");
        all.put("theme", "人口");
        all.put("updatePeriod", "MONTHLY");
        all.put("opening", "FORBIDDEN");
        all.put("openingReason", "涉及个人信息");
        all.put("legalBasis", "《中华人民共和国户口登记条例》");
        all.put("contact", "王伟");
        all.put("contactPhone", "0572-2050001");
        all.putAll(fields);
        String path = API + "/datasets/" + dataset;
        Answer filled = person.patch(path, Map.of("fields", all), person.get(path).version());
        assertThat(filled.status()).as(filled.toString()).isEqualTo(200);
    }

    /** Has a dataset published. */
    public void publish(String dataset) {
        Answer published = publisher.post(API + "/datasets/" + dataset + "/publish");
        assertThat(published.status()).as(published.toString()).isEqualTo(200);
    }
}
