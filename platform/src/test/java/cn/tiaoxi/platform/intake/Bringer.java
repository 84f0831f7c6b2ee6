package cn.tiaoxi.platform.intake;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.platform.Visitor;
import cn.tiaoxi.platform.Waiting;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Somebody who brings files into a ledger. */
final class Bringer {
    private final Visitor person;
    private final String ledger;

    Bringer(Visitor person, String type) {
        this.person = person;
        this.ledger = "/api/v1/ledgers/" + type;
    }

    /** Puts a type in force, unless it is. */
    static void activate(Visitor steward, String type, String yaml) {
        if (steward.get("/api/v1/ledgers/" + type).status() == 200) {
            return;
        }
        Visitor.Answer answer =
                steward.post(
                        "/api/v1/ledgers/" + type + "/type-versions",
                        Map.of("yaml", yaml, "reason", "试验"),
                        Map.of("If-Match", "\"0\""));
        assertThat(answer.status()).as(answer.toString()).isBetween(200, 201);
    }

    Visitor.Answer send(String fileName, byte[] content) {
        String name = URLEncoder.encode(fileName, StandardCharsets.UTF_8);
        return person.postBytes(ledger + "/imports?fileName=" + name, content);
    }

    /** Sends a file; returns the import. */
    JsonNode bring(String fileName, byte[] content) {
        Visitor.Answer answer = send(fileName, content);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        return answer.json();
    }

    JsonNode bring(String csv) {
        return bring("table.csv", csv.getBytes(StandardCharsets.UTF_8));
    }

    static String id(JsonNode job) {
        return job.path("id").asString();
    }

    /** What the columns go to. */
    static List<@Nullable String> targets(JsonNode job) {
        List<@Nullable String> targets = new ArrayList<>();
        job.path("columns")
                .forEach(
                        c ->
                                targets.add(
                                        c.path("target").isString()
                                                ? c.path("target").asString()
                                                : null));
        return targets;
    }

    Visitor.Answer change(String id, Map<String, ?> wanted) {
        return person.put(ledger + "/imports/" + id + "/columns", wanted);
    }

    /** Says what the columns go to. */
    JsonNode match(JsonNode job, @Nullable String... targets) {
        Map<String, Object> wanted = new HashMap<>();
        wanted.put("targets", Arrays.asList(targets));
        Visitor.Answer answer = change(id(job), wanted);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json();
    }

    /** Says how values are read. */
    JsonNode options(JsonNode job, String option, boolean value) {
        Map<String, Object> options = new HashMap<>();
        options.put("organisation", job.path("options").path("organisation").asString());
        for (String each : List.of("decodeEntities", "fillMerged", "blankClears")) {
            options.put(each, job.path("options").path(each).asBoolean());
        }
        options.put(option, value);
        Visitor.Answer answer = change(id(job), Map.of("options", options));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json();
    }

    JsonNode get(String id) {
        return person.get(ledger + "/imports/" + id).json();
    }

    private JsonNode ended(String id) {
        return Waiting.until(
                "the end of the import",
                () -> get(id),
                j -> !List.of("CHECKING", "APPLYING").contains(j.path("state").asString()));
    }

    Visitor.Answer order(String id, String act) {
        return person.post(ledger + "/imports/" + id + "/" + act);
    }

    JsonNode check(JsonNode job) {
        Visitor.Answer answer = order(id(job), "check");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
        JsonNode ended = ended(id(job));
        assertThat(ended.path("state").asString()).as(ended.toString()).isEqualTo("CHECKED");
        return ended;
    }

    JsonNode apply(JsonNode job) {
        Visitor.Answer answer = order(id(job), "apply");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
        JsonNode ended = ended(id(job));
        assertThat(ended.path("state").asString()).as(ended.toString()).isEqualTo("APPLIED");
        return ended;
    }

    /** Sends a file, checks it and has it written. */
    JsonNode take(String fileName, byte[] content) {
        return apply(check(bring(fileName, content)));
    }

    /** Added, changed, same, refused. */
    static List<Integer> counts(JsonNode job) {
        JsonNode counts = job.path("counts");
        return List.of(
                counts.path("added").asInt(),
                counts.path("changed").asInt(),
                counts.path("same").asInt(),
                counts.path("refused").asInt());
    }

    JsonNode findings(JsonNode job) {
        return person.get(ledger + "/imports/" + id(job) + "/findings?limit=200")
                .json()
                .path("items");
    }

    /** Findings as row, column and code. */
    List<String> faults(JsonNode job) {
        List<String> all = new ArrayList<>();
        findings(job)
                .forEach(
                        f ->
                                all.add(
                                        f.path("row").asInt()
                                                + " "
                                                + f.path("column").asInt()
                                                + " "
                                                + f.path("code").asString()));
        return all;
    }

    Visitor.Answer rejects(JsonNode job, String query) {
        return person.get(ledger + "/imports/" + id(job) + "/rejects" + query);
    }

    List<String> notices(JsonNode job) {
        List<String> all = new ArrayList<>();
        job.path("notices").forEach(n -> all.add(n.path("code").asString()));
        return all;
    }

    Visitor.Answer export(String query) {
        return person.get(ledger + "/entries?" + query);
    }

    /** The entry of that code. */
    JsonNode entry(String code) {
        JsonNode list = person.get(ledger + "/entries?limit=200").json().path("items");
        for (JsonNode each : list) {
            if (each.path("code").asString().equals(code)) {
                return person.get(ledger + "/entries/" + each.path("id").asString()).json();
            }
        }
        throw new AssertionError("no entry " + code + " in " + list);
    }
}
