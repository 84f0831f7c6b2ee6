package cn.tiaoxi.command;

import cn.tiaoxi.command.LedgersFile.Attendance;
import cn.tiaoxi.command.LedgersFile.Gateway;
import cn.tiaoxi.command.LedgersFile.Row;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What happens around the entries of the ledgers: devices report, people go to trainings. The
 * reports are left in the demonstration's folder, where the launcher takes them to send them again.
 */
final class DailyStory {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final PlatformClient steward;
    private final Story story;
    private final Path folder;

    DailyStory(PlatformClient steward, Story story, Path folder) {
        this.steward = steward;
        this.story = story;
        this.folder = folder;
    }

    /** An entry that is in its ledger. */
    record Added(String id, String code) {}

    /**
     * Plays what the file tells.
     *
     * @param entries finds an entry by its key in the file
     */
    void play(LedgersFile file, Function<String, Added> entries) throws IOException {
        for (Gateway gateway : file.gateways()) {
            report(gateway, entries);
        }
        int passed = 0;
        for (Attendance training : file.attendance()) {
            passed += attend(training, entries);
        }
        story.tell(
                "%d 场培训登记了签到和考试，%d 人次通过".formatted(file.attendance().size(), passed),
                "%d trainings have attendance and marks; %d passes"
                        .formatted(file.attendance().size(), passed));
    }

    private void report(Gateway gateway, Function<String, Added> entries) throws IOException {
        String token =
                steward.post(
                                "/devices/reporters",
                                Map.of(
                                        "name", gateway.name(),
                                        "organisation", gateway.organisation()))
                        .path("token")
                        .asString();
        List<Map<String, Object>> all = new ArrayList<>();
        List<Map<String, Object>> again = new ArrayList<>();
        for (String key : gateway.devices()) {
            Map<String, Object> beat = heartbeat(gateway, key, entries.apply(key).code());
            all.add(beat);
            if (!gateway.silent().contains(key)) {
                again.add(beat);
            }
        }
        HttpResponse<String> answer =
                steward.send(
                        "POST",
                        "/devices/heartbeats",
                        BodyPublishers.ofByteArray(JSON.writeValueAsBytes(all)),
                        "application/json",
                        Map.of("Authorization", "Bearer " + token));
        JsonNode receipt = JSON.readTree(answer.body());
        if (answer.statusCode() != 200) {
            throw new PlatformRefusal(answer.statusCode(), receipt);
        }
        leave("heartbeats.token", token.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        leave("heartbeats.json", JSON.writeValueAsBytes(again));
        story.tell(
                "%s上报了 %d 台设备的心跳，其中 %d 台此后不再上报"
                        .formatted(
                                gateway.name(),
                                receipt.path("accepted").asInt(),
                                gateway.silent().size()),
                "a gateway reported %d devices; %d of them fall silent"
                        .formatted(receipt.path("accepted").asInt(), gateway.silent().size()));
    }

    /** Made-up charges and strengths that are the same at every start. */
    private static Map<String, Object> heartbeat(Gateway gateway, String key, String code) {
        int made = Math.floorMod(key.hashCode() * 31, 40);
        Map<String, Object> beat = new LinkedHashMap<>();
        beat.put("code", code);
        beat.put("battery", gateway.silent().contains(key) ? made % 9 + 2 : 60 + made);
        beat.put("signal", 55 + made);
        beat.put(
                "status",
                gateway.faulty().contains(key)
                        ? "FAULT"
                        : gateway.maintained().contains(key) ? "MAINTENANCE" : "OK");
        return beat;
    }

    /** Only the owner may read it. */
    private void leave(String name, byte[] content) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve(name);
        Files.deleteIfExists(file);
        Files.createFile(
                file,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(file, content);
    }

    private int attend(Attendance training, Function<String, Added> entries) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Row row : training.rows()) {
            Map<String, Object> form = new LinkedHashMap<>();
            form.put("person", entries.apply(row.person()).id());
            form.put("attended", row.attended());
            form.put("score", row.score());
            rows.add(form);
        }
        JsonNode answer =
                steward.post(
                        "/trainings/" + entries.apply(training.training()).id() + "/attendance",
                        Map.of("rows", rows, "preview", false));
        int passed = 0;
        for (JsonNode row : answer.path("rows")) {
            if (!row.path("error").isNull() && row.has("error")) {
                throw new IllegalStateException(
                        "The attendance of " + training.training() + " is refused: " + row);
            }
            passed += row.path("attendance").path("passed").asBoolean() ? 1 : 0;
        }
        return passed;
    }
}
