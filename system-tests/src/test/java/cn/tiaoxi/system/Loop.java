package cn.tiaoxi.system;

import cn.tiaoxi.command.PlatformClient;
import cn.tiaoxi.command.SignedCaller;
import cn.tiaoxi.command.Waiting;
import cn.tiaoxi.contract.CallSigner;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** The main loop's steps as a test takes them: a small table of shops, its owner, its callers. */
final class Loop implements AutoCloseable {
    static final String OWNER = "chen.jie";
    static final String ASKER = "liu.yang";

    final LaunchedPlatform platform;
    final PlatformClient owner;
    final PlatformClient asker;
    private final Path folder;

    Loop(LaunchedPlatform platform, Path folder) {
        this.platform = platform;
        this.folder = folder;
        this.owner = platform.as(OWNER);
        this.asker = platform.as(ASKER);
    }

    /** A table of shops: code, name, owner's telephone, day of opening. */
    static String shops(int rows) {
        StringBuilder csv = new StringBuilder("编号,店名,电话,开业日期\n");
        for (int i = 0; i < rows; i++) {
            csv.append("S").append(100_000 + i).append(",苕溪百货").append(i).append("号店,");
            csv.append(13_800_000_000L + i)
                    .append(",2020-01-")
                    .append(String.format("%02d", 1 + i % 28));
            csv.append('\n');
        }
        return csv.toString();
    }

    /** Sends a table and orders its load; returns the upload's identifier. */
    String order(String title, String csv) throws IOException {
        Path file = folder.resolve("shops-" + title.hashCode() + ".csv");
        Files.writeString(file, csv);
        JsonNode upload = owner.upload(file, title + ".csv");
        String id = upload.path("id").asString();
        List<Map<String, Object>> columns = new ArrayList<>();
        columns.add(Map.of("index", 0, "name", "code", "label", "编号", "type", "TEXT"));
        columns.add(Map.of("index", 1, "name", "shop", "label", "店名", "type", "TEXT"));
        columns.add(Map.of("index", 2, "name", "phone", "label", "电话", "type", "TEXT"));
        columns.add(Map.of("index", 3, "name", "opened", "label", "开业日期", "type", "DATE"));
        owner.post(
                "/uploads/" + id + "/load",
                Map.of("title", title, "mode", "REPLACE", "columns", columns));
        return id;
    }

    /** Waits until an upload has ended, well or badly. */
    JsonNode ended(String upload) {
        return Waiting.until(
                "end of the load",
                () -> owner.get("/uploads/" + upload),
                now -> !List.of("LOADING", "PROBED").contains(now.path("state").asString()));
    }

    /** Loads, describes and publishes a table; returns the dataset's identifier. */
    String dataset(String title, String csv) throws IOException {
        JsonNode loaded = ended(order(title, csv));
        if (!loaded.path("state").asString().equals("LOADED")) {
            throw new IllegalStateException("Not loaded: " + loaded);
        }
        JsonNode reference = loaded.path("result").path("dataset");
        String id = reference.isString() ? reference.asString() : reference.path("id").asString();
        publish(id);
        return id;
    }

    /** Confirms grades, fills in the metadata, and publishes. */
    void publish(String id) {
        List<Map<String, String>> columns =
                List.of(
                        Map.of("name", "code", "description", "店铺编号", "grade", "L1"),
                        Map.of("name", "shop", "description", "店铺名称", "grade", "L1"),
                        Map.of("name", "phone", "description", "经营者电话", "grade", "L3"),
                        Map.of("name", "opened", "description", "开业的日期", "grade", "L1"));
        owner.post("/datasets/" + id + "/columns", Map.of("columns", columns, "confirm", true));
        Map<String, Object> fields =
                Map.ofEntries(
                        Map.entry("summary", "本市百货店铺的登记信息，供各部门核验店铺经营情况使用。"),
                        Map.entry("keywords", "店铺 百货"),
                        Map.entry("resourceClass", "DEPARTMENT"),
                        Map.entry("theme", "市场主体"),
                        Map.entry("updatePeriod", "DAILY"),
                        Map.entry("sharing", "CONDITIONAL"),
                        Map.entry("sharingCondition", "因履行职责需要核验店铺的可以申请。"),
                        Map.entry("sharingManner", "INTERFACE"),
                        Map.entry("opening", "FORBIDDEN"),
                        Map.entry("openingReason", "含有个人联系方式。"),
                        Map.entry("legalBasis", "《市场主体登记管理条例》"),
                        Map.entry("contact", "陈杰"),
                        Map.entry("contactPhone", "0572-2050003"));
        long version = owner.get("/datasets/" + id).path("version").asLong();
        owner.patch("/datasets/" + id, Map.of("fields", fields), version);
        owner.post("/datasets/" + id + "/publish", null);
    }

    /** Publishes an interface by code and waits until it is live. */
    void lookup(String id, String dataset) {
        owner.post(
                "/interfaces",
                Map.of(
                        "id",
                        id,
                        "name",
                        "店铺查询",
                        "dataset",
                        dataset,
                        "keys",
                        List.of("code"),
                        "fields",
                        List.of("code", "shop", "phone", "opened"),
                        "pageLimit",
                        10));
        awaitLive(id);
    }

    /** Publishes an interface whose whole table may be had as files that bear marks. */
    void markedFiles(String id, String dataset, List<String> marks) {
        owner.post(
                "/interfaces",
                Map.of(
                        "id",
                        id,
                        "name",
                        "店铺名册",
                        "dataset",
                        dataset,
                        "keys",
                        List.of("code"),
                        "fields",
                        List.of("code", "shop", "opened"),
                        "pageLimit",
                        10,
                        "exports",
                        Map.of(
                                "mostRows",
                                10_000,
                                "keptHours",
                                24,
                                "whole",
                                true,
                                "marks",
                                marks)));
        awaitLive(id);
    }

    private void awaitLive(String id) {
        JsonNode live =
                Waiting.until(
                        "interface " + id,
                        () -> owner.get("/interfaces/" + id),
                        now -> !now.path("state").asString().equals("MATERIALISING"));
        if (!live.path("state").asString().equals("LIVE")) {
            throw new IllegalStateException("Not live: " + live);
        }
    }

    /** Registers an application of the asker; returns its identifier. */
    String application(String name) {
        return asker.post("/applications", Map.of("name", name, "description", "系统测试"))
                .path("id")
                .asString();
    }

    /** Makes a key of an application and a caller that signs with it. */
    SignedCaller caller(String application) {
        JsonNode made =
                asker.post(
                        "/applications/" + application + "/keys",
                        Map.of("algorithm", "hmac-sha256"));
        JsonNode key = made.path("key");
        String id = key.isString() ? key.asString() : key.path("id").asString();
        return new SignedCaller(
                platform.gateway(),
                CallSigner.hmac(id, Base64.getDecoder().decode(made.path("secret").asString())));
    }

    /** What a request says: more calls than usual, so that a person decides. */
    static Map<String, Object> wanted(
            String lookup, String application, List<String> fields, String purpose) {
        return wanted(lookup, application, fields, purpose, 100, 100_000);
    }

    private static Map<String, Object> wanted(
            String lookup,
            String application,
            List<String> fields,
            String purpose,
            int perSecond,
            int perDay) {
        return Map.of(
                "interface",
                lookup,
                "application",
                application,
                "fields",
                fields,
                "purpose",
                purpose,
                "legalBasis",
                "《浙江省公共数据条例》第二十二条",
                "matter",
                "店铺核验",
                "validUntil",
                LocalDate.now(ZoneId.of("Asia/Shanghai")).plusMonths(6).toString(),
                "perSecond",
                perSecond,
                "perDay",
                perDay);
    }

    /** Asks; returns the request. */
    JsonNode ask(String lookup, String application, List<String> fields, String purpose) {
        return asker.post("/requests", wanted(lookup, application, fields, purpose));
    }

    /** Asks for files too; returns the request. */
    JsonNode askForFiles(String lookup, String application, List<String> fields, String purpose) {
        Map<String, Object> wanted = new TreeMap<>(wanted(lookup, application, fields, purpose));
        wanted.put("exports", true);
        return asker.post("/requests", wanted);
    }

    /** Asks for names of divisions within the usual quota, which a rule grants at once. */
    JsonNode askForDivisions(String application) {
        return asker.post(
                "/requests",
                wanted(
                        "divisions",
                        application,
                        List.of("division_code", "division_name"),
                        "核对区划名称。",
                        10,
                        10_000));
    }

    /** Approves a request; returns its grant's identifier. */
    String approve(String request) {
        long version = owner.get("/requests/" + request).path("version").asLong();
        owner.post(
                "/requests/" + request + "/decision",
                Map.of("outcome", "APPROVE", "reason", "同意用于核验。"),
                version);
        JsonNode grant = owner.get("/requests/" + request).path("grant");
        return grant.isString() ? grant.asString() : grant.path("id").asString();
    }

    /** Takes a grant back. */
    void revoke(String grant) {
        long version = owner.get("/grants/" + grant).path("version").asLong();
        owner.post("/grants/" + grant + "/revoke", Map.of("reason", "不再需要。"), version);
    }

    /** Calls until the gateway answers with that status, for ten seconds at most. */
    static HttpResponse<String> awaitStatus(
            SignedCaller caller, String lookup, Map<String, String> parameters, int status) {
        return Waiting.until(
                "status " + status,
                Duration.ofSeconds(10),
                () -> caller.call(lookup, parameters),
                response -> response.statusCode() == status);
    }

    @Override
    public void close() {
        owner.close();
        asker.close();
    }
}
