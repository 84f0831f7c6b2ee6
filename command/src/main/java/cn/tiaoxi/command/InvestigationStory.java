package cn.tiaoxi.command;

import cn.tiaoxi.command.Scenario.Question;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Asks the trace who received what, once the calls stand in it. What was asked is not asked again.
 */
final class InvestigationStory {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Cast cast;
    private final Story story;
    private final Path folder;

    InvestigationStory(Cast cast, Story story, Path folder) {
        this.cast = cast;
        this.story = story;
        this.folder = folder;
    }

    void ask(Question question) throws IOException {
        PlatformClient officer = cast.as(question.by());
        String known = "/investigations?q=" + PlatformClient.encode(question.reason());
        if (!officer.get(known).path("items").isEmpty()) {
            return;
        }
        Waiting.until(
                "deliveries of " + question.kind(),
                PATIENCE,
                () -> officer.get("/subject-kinds"),
                kinds -> kinds.path("items").toString().contains('"' + question.kind() + '"'));
        String id = question.file() == null ? subject(officer, question) : leak(officer, question);
        JsonNode done =
                Waiting.until(
                        "investigation " + id,
                        PATIENCE,
                        () -> officer.get("/investigations/" + id),
                        now -> List.of("DONE", "FAILED").contains(now.path("state").asString()));
        if (!done.path("state").asString().equals("DONE")) {
            throw new IllegalStateException("The investigation failed: " + done);
        }
        tell(question, done, officer.get("/investigations/" + id + "/deliveries").path("total"));
    }

    private String subject(PlatformClient officer, Question question) throws IOException {
        return officer.post(
                        "/investigations/subject",
                        Map.of(
                                "kind", question.kind(),
                                "value", called(question.table(), 1).getFirst()[1],
                                "reason", question.reason(),
                                "basis", question.basis()))
                .path("id")
                .asString();
    }

    private String leak(PlatformClient officer, Question question) throws IOException {
        String id =
                officer.post(
                                "/investigations/leak",
                                Map.of(
                                        "dataset", dataset(officer, question),
                                        "reason", question.reason(),
                                        "basis", question.basis()))
                        .path("id")
                        .asString();
        officer.upload(
                "/investigations/" + id + "/file", file(question), String.valueOf(question.file()));
        return id;
    }

    private static String dataset(PlatformClient officer, Question question) {
        String title = String.valueOf(question.dataset());
        for (JsonNode item :
                officer.get("/datasets?limit=200&q=" + PlatformClient.encode(title))
                        .path("items")) {
            if (item.path("title").asString().equals(title)) {
                return item.path("id").asString();
            }
        }
        throw new IllegalStateException("There is no dataset " + title);
    }

    /** Delivered rows from the last to the first, with the surname alone, among some of others. */
    private Path file(Question question) throws IOException {
        int rows = question.rows() == null ? 1 : question.rows();
        List<String> lines = new ArrayList<>();
        for (String[] cells : called(question.table(), rows)) {
            lines.add(cells[0].charAt(0) + "某," + cells[1] + "," + cells[5]);
        }
        for (String other : question.others() == null ? List.<String>of() : question.others()) {
            lines.add("佚名," + other + ",");
        }
        Collections.reverse(lines);
        lines.addFirst("姓名,证件号码,区划");
        return Files.writeString(
                folder.resolve("leaked.csv"),
                String.join("\n", lines) + "\n",
                StandardCharsets.UTF_8);
    }

    /** The first rows of a generated table, which are those that programs look up. */
    private List<String[]> called(String table, int most) throws IOException {
        List<String[]> rows = new ArrayList<>();
        try (var in =
                Files.newBufferedReader(
                        folder.resolve(table + ".csv"), StandardCharsets.ISO_8859_1)) {
            String line = in.readLine();
            while (line != null && rows.size() < most) {
                String[] cells = utf8(line).split(",", -1);
                if (cells.length > 5 && cells[1].matches("[0-9A-Z]{18}")) {
                    rows.add(cells);
                }
                line = in.readLine();
            }
        }
        return rows;
    }

    /** A line read byte by byte, as some lines of a table are damaged on purpose. */
    private static String utf8(String line) {
        return new String(line.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private void tell(Question question, JsonNode done, JsonNode deliveries) {
        String number = Long.toString(done.path("number").asLong());
        if (question.file() == null) {
            story.tell(
                    question.by()
                            + " 倒查“谁拿过某人的数据”：第 "
                            + number
                            + " 号，"
                            + deliveries.asInt()
                            + " 次交付",
                    question.by()
                            + " asked who received a person's row: "
                            + deliveries.asInt()
                            + " deliveries");
            return;
        }
        JsonNode first = done.path("result").path("findings").path(0);
        String name = first.path("recipients").path(0).path("name").asString("–");
        story.tell(
                question.by() + " 倒查外泄文件：第 " + number + " 号，指向“" + name + "”",
                question.by() + " examined a leaked file, which points to " + name);
    }
}
