package cn.tiaoxi.platform.investigation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cn.tiaoxi.contract.MarkSeeds;
import cn.tiaoxi.contract.SubjectDigests;
import cn.tiaoxi.platform.Clerk;
import cn.tiaoxi.platform.PlatformTest;
import cn.tiaoxi.platform.Residents;
import cn.tiaoxi.platform.TestLog;
import cn.tiaoxi.platform.Visitor;
import cn.tiaoxi.platform.Visitor.Answer;
import cn.tiaoxi.platform.Visitors;
import cn.tiaoxi.platform.Waiting;
import cn.tiaoxi.platform.evidence.Logs;
import cn.tiaoxi.platform.sharing.SubjectKeys;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@PlatformTest
class InvestigationTests {
    private static final String API = "/api/v1/investigations";
    private static final int PEOPLE = 3_000;
    private static final Map<String, Object> WHY =
            Map.of("reason", "核查外泄线索", "basis", "湖数〔2026〕12号");

    private static String shared = "";
    private static String grave = "";

    private final Visitors visitors;
    private final Logs logs;
    private final SubjectKeys keys;
    private final JdbcClient database;

    @Autowired
    InvestigationTests(Visitors visitors, Logs logs, SubjectKeys keys, JdbcClient database) {
        this.visitors = visitors;
        this.logs = logs;
        this.keys = keys;
        this.database = database;
    }

    private Visitor officer() {
        return visitors.person("sun.qi");
    }

    private static String row(int i) {
        return "%s,%s,139%08d,%s,湖州市吴兴区凤凰路%d号"
                .formatted(
                        Residents.identifier(i),
                        Residents.name(i),
                        i * 7919,
                        List.of("吴兴", "南浔", "德清").get(i % 3),
                        i);
    }

    /** A dataset of residents with its interface, which the platform serves. */
    private String dataset(String addressGrade) {
        Clerk clerk = new Clerk(visitors.person("wang.wei"), visitors.person("zhang.min"));
        StringBuilder csv = new StringBuilder("身份证号,姓名,手机号,区县,住址\n");
        IntStream.range(0, PEOPLE).forEach(i -> csv.append(row(i)).append('\n'));
        String id =
                clerk.dataset(
                        "常住人口 " + UUID.randomUUID(),
                        csv.toString(),
                        Clerk.columns(
                                "id_number 身份证号 TEXT",
                                "name 姓名 TEXT",
                                "phone 手机号 TEXT",
                                "district 区县 TEXT",
                                "address 住址 TEXT"));
        clerk.confirm(
                id,
                Map.of(
                        "id_number", "L3",
                        "name", "L2",
                        "phone", "L3",
                        "district", "L1",
                        "address", addressGrade));
        clerk.fillIn(
                id, Map.of("sharing", "CONDITIONAL", "sharingCondition", "因履行法定职责需要核验人员身份的部门可以申请"));
        clerk.publish(id);
        String lookup = "t-" + UUID.randomUUID().toString().substring(0, 8);
        Visitor owner = visitors.person("wang.wei");
        Answer made =
                owner.post(
                        "/api/v1/interfaces",
                        Map.of(
                                "id",
                                lookup,
                                "name",
                                "人口查询",
                                "dataset",
                                id,
                                "keys",
                                List.of("name"),
                                "fields",
                                List.of("name", "phone")));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        Waiting.until(
                "the interface",
                () -> owner.get("/api/v1/interfaces/" + lookup).json().path("state").asString(),
                "LIVE"::equals);
        return id;
    }

    private String shared() {
        if (shared.isEmpty()) {
            shared = dataset("L3");
        }
        return shared;
    }

    private String grave() {
        if (grave.isEmpty()) {
            grave = dataset("L4");
        }
        return grave;
    }

    private String text(int... people) {
        SubjectDigests digests = keys.digests(keys.all().getLast().id());
        StringBuilder text = new StringBuilder(keys.all().getLast().id()).append(" resident-id ");
        for (int each : people) {
            SubjectDigests.write(text, digests.digest("resident-id", Residents.identifier(each)));
        }
        return text.toString();
    }

    /** Calls that deliver people, up to 200 in one. */
    private void deliver(TestLog log, String application, String dataset, int... people) {
        for (int from = 0; from < people.length; from += 200) {
            int[] part =
                    java.util.Arrays.copyOfRange(people, from, Math.min(from + 200, people.length));
            log.call(
                    application,
                    "people",
                    Instant.now(),
                    "OK",
                    Map.of(
                            "dataset", dataset,
                            "rows", Integer.toString(part.length),
                            "subjects", text(part)));
        }
    }

    private static Map<String, Object> with(Map<String, Object> more) {
        Map<String, Object> all = new TreeMap<>(WHY);
        all.putAll(more);
        return all;
    }

    private JsonNode done(String id) {
        return Waiting.until(
                "the investigation",
                () -> officer().get(API + "/" + id).json(),
                seen -> List.of("DONE", "FAILED").contains(seen.path("state").asString()));
    }

    private List<JsonNode> deliveries(String id) {
        List<JsonNode> items = new ArrayList<>();
        officer().get(API + "/" + id + "/deliveries").json().path("items").forEach(items::add);
        return items;
    }

    private String asked(String dataset, int person, String spelled) {
        Answer made =
                officer()
                        .post(
                                API + "/subject",
                                with(
                                        Map.of(
                                                "kind",
                                                "resident-id",
                                                "value",
                                                spelled.formatted(Residents.identifier(person)),
                                                "dataset",
                                                dataset)));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return made.json().path("id").asString();
    }

    @Test
    void it_says_who_received_a_persons_row() {
        TestLog log = new TestLog(logs);
        String one = UUID.randomUUID().toString();
        String other = UUID.randomUUID().toString();
        deliver(log, one, shared(), 1500, 1501);
        deliver(log, other, shared(), 1502);
        log.call(other, "people", Instant.now(), "GRANT_MISSING", Map.of("dataset", shared()));
        log.takenOver();

        String id = asked(shared(), 1500, " %s ");
        JsonNode found = done(id);

        assertThat(found.path("subject").asString()).doesNotContain(Residents.identifier(1500));
        assertThat(deliveries(id))
                .singleElement()
                .satisfies(
                        d -> {
                            assertThat(d.path("application").path("id").asString()).isEqualTo(one);
                            assertThat(d.path("subjects").asInt()).isEqualTo(2);
                            assertThat(d.path("origin").asString()).isEqualTo(log.origin());
                        });
        String none = asked(shared(), 1503, "%s");
        done(none);
        assertThat(deliveries(none)).isEmpty();
    }

    @Test
    void the_person_asked_about_stands_nowhere_in_clear() {
        deliver(new TestLog(logs), "x", shared(), 1);
        Waiting.until(
                "the kinds",
                () -> officer().get("/api/v1/subject-kinds").text(),
                text -> text.contains("resident-id"));
        String id = asked(shared(), 1600, "%s");
        done(id);

        String stored =
                database.sql(
                                """
                                SELECT (SELECT row_to_json(i)::text FROM investigation.investigation i
                                         WHERE id::text = :id)
                                    || (SELECT string_agg(detail::text, '') FROM published.change
                                         WHERE object = 'investigation:' || :id)
                                """)
                        .param("id", id)
                        .query(String.class)
                        .single();
        assertThat(stored).contains("核查外泄线索").doesNotContain(Residents.identifier(1600));
    }

    /** 20 % altered identifiers, names with blanks, 10 % foreign rows, in another order. */
    private static String leak(List<Integer> people, Random random) {
        List<String> rows = new ArrayList<>();
        for (int person : people) {
            String[] cells = row(person).split(",");
            double chance = random.nextDouble();
            if (chance < 0.2) {
                cells[0] = cells[0].substring(0, 10) + random.nextInt(1000, 10000) + "0000";
            } else if (chance < 0.3) {
                cells = new String[] {"110101199001010014", "外人", "15800000000", "朝阳", "北京市"};
            }
            cells[1] = cells[1].charAt(0) + " " + cells[1].substring(1);
            rows.add(String.join(",", cells));
        }
        Collections.shuffle(rows, random);
        return "证件,名字,电话,地区,地址\n" + String.join("\n", rows) + "\n";
    }

    private String leaked(String dataset, String csv) {
        Answer made = officer().post(API + "/leak", with(Map.of("dataset", dataset)));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        String id = made.json().path("id").asString();
        assertThat(made.json().path("state").asString()).isEqualTo("AWAITING_FILE");
        Answer received =
                officer()
                        .postBytes(
                                API + "/" + id + "/file?fileName=leak.csv",
                                csv.getBytes(StandardCharsets.UTF_8));
        assertThat(received.status()).as(received.toString()).isEqualTo(200);
        return id;
    }

    @Test
    void a_leaked_file_names_its_source() {
        TestLog log = new TestLog(logs);
        Random random = new Random(7);
        String source = UUID.randomUUID().toString();
        String bystander = UUID.randomUUID().toString();
        int[] theirs = random.ints(0, 1400).distinct().limit(600).toArray();
        deliver(log, source, shared(), theirs);
        deliver(log, bystander, shared(), random.ints(0, 1400).distinct().limit(700).toArray());
        deliver(log, UUID.randomUUID().toString(), shared(), IntStream.range(0, 1400).toArray());
        log.takenOver();
        List<Integer> people = IntStream.of(theirs).limit(150).boxed().toList();

        JsonNode found = done(leaked(shared(), leak(people, random)));

        JsonNode result = found.path("result");
        assertThat(result.path("rows").asInt()).as(found.toString()).isEqualTo(150);
        assertThat(result.path("keyColumn").asString()).isEqualTo("证件");
        assertThat(result.path("direct").asInt()).isBetween(90, 125);
        assertThat(result.path("linked").asInt())
                .as("altered rows told by the rest")
                .isGreaterThan(15);
        JsonNode first = result.path("findings").get(0);
        assertThat(first.path("recipients").get(0).path("id").asString()).isEqualTo(source);
        assertThat(first.path("verdict").asString()).isEqualTo("STRONG");
        assertThat(first.path("chance").asDouble()).isLessThan(1e-6);
        assertThat(result.path("findings").get(1).path("verdict").asString()).isEqualTo("NONE");
        assertThat(deliveries(found.path("id").asString()))
                .allSatisfy(
                        d ->
                                assertThat(d.path("application").path("id").asString())
                                        .isEqualTo(source));
    }

    @Test
    void a_file_without_identifiers_is_told_by_its_other_columns() {
        TestLog log = new TestLog(logs);
        String source = UUID.randomUUID().toString();
        int[] theirs = IntStream.range(2000, 2900).filter(i -> i % 2 == 0).toArray();
        deliver(log, source, shared(), theirs);
        deliver(log, UUID.randomUUID().toString(), shared(), IntStream.range(2000, 2900).toArray());
        log.takenOver();
        StringBuilder csv = new StringBuilder("姓名;电话;住址\n");
        IntStream.of(theirs)
                .limit(80)
                .forEach(
                        i -> {
                            String[] cells = row(i).split(",");
                            csv.append(cells[1])
                                    .append(';')
                                    .append(cells[2])
                                    .append(';')
                                    .append(cells[4])
                                    .append('\n');
                        });

        JsonNode result = done(leaked(shared(), csv.toString())).path("result");

        assertThat(result.path("direct").asInt()).isZero();
        assertThat(result.path("linked").asInt()).as(result.toString()).isEqualTo(80);
        assertThat(result.path("findings").get(0).path("recipients").get(0).path("id").asString())
                .isEqualTo(source);
    }

    @Test
    void who_received_everybody_of_a_district_is_not_accused_by_a_file_of_it() {
        TestLog log = new TestLog(logs);
        String everybody = UUID.randomUUID().toString();
        int[] district = IntStream.range(0, PEOPLE).filter(i -> i % 3 == 0).toArray();
        deliver(log, everybody, grave(), district);
        log.takenOver();
        StringBuilder csv = new StringBuilder("身份证号,姓名\n");
        IntFunction<String[]> cells = i -> row(i).split(",");
        IntStream.of(district)
                .skip(300)
                .limit(120)
                .forEach(
                        i ->
                                csv.append(cells.apply(i)[0])
                                        .append(',')
                                        .append(cells.apply(i)[1])
                                        .append('\n'));
        String id = leaked(grave(), csv.toString());
        agree(id);

        JsonNode first = done(id).path("result").path("findings").get(0);

        assertThat(first.path("recipients").get(0).path("id").asString()).isEqualTo(everybody);
        assertThat(first.path("verdict").asString()).as(first.toString()).isEqualTo("CONSISTENT");
    }

    private void agree(String id) {
        Answer agreed =
                visitors.person("zhao.lei")
                        .post(
                                API + "/" + id + "/consent",
                                Map.of("agreed", true, "reason", "线索属实"));
        assertThat(agreed.status()).as(agreed.toString()).isEqualTo(200);
    }

    @Test
    void data_of_the_gravest_grade_needs_a_second_persons_consent() {
        TestLog log = new TestLog(logs);
        deliver(log, UUID.randomUUID().toString(), grave(), 10);
        log.takenOver();
        String id = asked(grave(), 10, "%s");
        assertThat(officer().get(API + "/" + id).json().path("state").asString())
                .isEqualTo("AWAITING_CONSENT");

        Answer own =
                officer().post(API + "/" + id + "/consent", Map.of("agreed", true, "reason", "x"));
        assertThat(own.status()).isEqualTo(403);
        assertThat(own.code()).isEqualTo("CONSENT_BY_ANOTHER");
        assertThat(deliveries(id)).isEmpty();
        agree(id);

        done(id);
        assertThat(deliveries(id)).hasSize(1);
        String refused = asked(grave(), 10, "%s");
        visitors.person("zhao.lei")
                .post(API + "/" + refused + "/consent", Map.of("agreed", false, "reason", "依据不足"));
        assertThat(officer().get(API + "/" + refused).json().path("state").asString())
                .isEqualTo("REFUSED");
        assertThat(deliveries(refused)).isEmpty();
    }

    /** A file of the shared dataset that is made and not yet fetched. */
    private void make(TestLog log, String application, String export, Map<String, String> rows) {
        Map<String, String> file =
                Map.of("export", export, "attempt", "1", "requestId", "r-" + export);
        Map<String, String> order = new TreeMap<>(file);
        order.put("dataset", shared());
        order.put("rows", "0");
        log.write(application, "people", "call", order);
        Map<String, String> part = new TreeMap<>(file);
        part.putAll(rows);
        log.write(application, "people", "call.subjects", part);
        log.write(application, "people", "export.end", file);
    }

    private void fetch(TestLog log, String application, String export) {
        log.write(
                application,
                "people",
                "call",
                Map.of(
                        "dataset",
                        shared(),
                        "export",
                        export,
                        "rows",
                        "1",
                        "requestId",
                        "d-" + export));
    }

    @Test
    void an_export_counts_from_its_first_download() {
        TestLog log = new TestLog(logs);
        String application = UUID.randomUUID().toString();
        String export = UUID.randomUUID().toString();
        make(log, application, export, Map.of("subjects", text(2950)));
        log.takenOver();
        String before = asked(shared(), 2950, "%s");
        done(before);
        assertThat(deliveries(before)).isEmpty();

        fetch(log, application, export);
        log.takenOver();
        String after = asked(shared(), 2950, "%s");
        done(after);

        assertThat(deliveries(after))
                .singleElement()
                .satisfies(
                        d -> {
                            assertThat(d.path("export").asString()).isEqualTo(export);
                            assertThat(d.path("dataset").path("id").asString()).isEqualTo(shared());
                        });
    }

    /** A file with everybody from 2,960 on, marked; its lines as its recipient has them. */
    private List<String> marked(TestLog log, String application, Random random) {
        String export = UUID.randomUUID().toString();
        List<Integer> people =
                new ArrayList<>(IntStream.range(PEOPLE - 40, PEOPLE).boxed().toList());
        Collections.shuffle(people, random);
        int nobody = random.nextInt(PEOPLE, 2 * PEOPLE);
        people.add(20, nobody);
        MarkSeeds seeds = keys.digests(keys.all().getLast().id()).marks();
        make(
                log,
                application,
                export,
                Map.of(
                        "subjects",
                        text(people.stream().mapToInt(Integer::intValue).toArray()),
                        "marks",
                        "CANARIES ORDER SPELLING",
                        "portions",
                        "41",
                        "canaries",
                        text(nobody).split(" ")[2]));
        fetch(log, application, export);
        return people.stream()
                .map(
                        person -> {
                            String[] cells = row(person).split(",");
                            cells[4] = seeds.width(export, cells[4]).write(cells[4]);
                            return String.join(",", cells);
                        })
                .toList();
    }

    @Test
    void recipients_of_the_same_rows_are_told_apart_by_the_marks_of_their_files() {
        TestLog log = new TestLog(logs);
        Random random = new Random(11);
        String source = UUID.randomUUID().toString();
        String other = UUID.randomUUID().toString();
        List<String> lines = marked(log, source, random);
        marked(log, other, random);
        log.takenOver();

        JsonNode found =
                done(leaked(shared(), "证件,名字,电话,地区,地址\n" + String.join("\n", lines) + "\n"));

        JsonNode findings = found.path("result").path("findings");
        JsonNode first = findings.get(0);
        assertThat(first.path("recipients")).as(found.toString()).hasSize(1);
        assertThat(first.path("recipients").get(0).path("id").asString()).isEqualTo(source);
        assertThat(first.path("verdict").asString()).isEqualTo("STRONG");
        JsonNode mark = first.path("marks").get(0);
        assertThat(mark.path("canaries").asInt()).isEqualTo(1);
        assertThat(mark.path("pairs").asInt()).isEqualTo(20);
        assertThat(mark.path("inOrder").asInt()).isEqualTo(20);
        assertThat(mark.path("texts").asInt()).isEqualTo(41);
        assertThat(mark.path("asSpelled").asInt()).isEqualTo(41);
        assertThat(mark.path("chance").asDouble()).isLessThan(1e-15);
        assertThat(findings.get(1).path("verdict").asString()).isEqualTo("NONE");
        assertThat(deliveries(found.path("id").asString()))
                .singleElement()
                .satisfies(
                        d ->
                                assertThat(d.path("application").path("id").asString())
                                        .isEqualTo(source));
        Answer report =
                officer().get("/api/v1/trace/package?investigation=" + found.path("id").asString());
        assertThat(report.status()).as(report.toString()).isIn(200, 409);
    }

    @Test
    void bad_questions_are_refused_with_what_is_wrong() {
        Answer empty = officer().post(API + "/subject", Map.of("kind", "resident-id"));
        assertThat(empty.status()).isEqualTo(400);
        assertThat(empty.text()).contains("\"value\"").contains("\"reason\"").contains("\"basis\"");
        assertThat(
                        officer()
                                .post(API + "/subject", with(Map.of("kind", "moon", "value", "1")))
                                .code())
                .isEqualTo("SUBJECT_KIND_UNKNOWN");
        assertThat(officer().get(API + "/" + UUID.randomUUID()).code())
                .isEqualTo("INVESTIGATION_NOT_FOUND");
        assertThat(officer().get(API + "/no-uuid").code()).isEqualTo("INVESTIGATION_NOT_FOUND");
        Answer made = officer().post(API + "/leak", with(Map.of("dataset", shared())));
        String id = made.json().path("id").asString();
        Answer garbage =
                officer()
                        .postBytes(
                                API + "/" + id + "/file?fileName=x.bin", new byte[] {0, 1, 2, 3});
        assertThat(garbage.status()).as(garbage.toString()).isEqualTo(422);
        assertThat(officer().get(API + "/" + id).json().path("state").asString())
                .isEqualTo("AWAITING_FILE");
        assertThat(officer().post(API + "/" + id + "/cancellation").status()).isEqualTo(200);
        assertThat(
                        officer()
                                .postBytes(
                                        API + "/" + id + "/file?fileName=x.csv",
                                        "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8))
                                .code())
                .isEqualTo("INVESTIGATION_STATE");
        assertThat(visitors.person("wang.wei").get(API).status()).isEqualTo(403);
    }

    @Test
    void a_new_key_leaves_what_was_delivered_under_the_old_one_findable() {
        TestLog log = new TestLog(logs);
        deliver(log, UUID.randomUUID().toString(), shared(), 2960);
        log.takenOver();
        int before = keys.all().size();

        Answer rotated = officer().post("/api/v1/subject-keys/rotation", Map.of("reason", "人员变动"));

        assertThat(rotated.status()).as(rotated.toString()).isEqualTo(200);
        assertThat(keys.all()).hasSize(before + 1);
        deliver(log, UUID.randomUUID().toString(), shared(), 2960);
        log.takenOver();
        String id = asked(shared(), 2960, "%s");
        done(id);
        assertThat(deliveries(id)).hasSize(2);
    }

    /** Unpacks an archive into a folder. */
    private static Path unpacked(byte[] zip) throws IOException {
        Path folder = Files.createTempDirectory("tiaoxi-evidence-test");
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                Path file = folder.resolve(entry.getName());
                Files.createDirectories(file.getParent());
                Files.write(file, in.readAllBytes());
            }
        }
        return folder;
    }

    /** Runs the package's own check. */
    private static int checked(Path folder) throws Exception {
        Process check =
                new ProcessBuilder("sh", folder.resolve("check.sh").toString())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = check.waitFor();
        Assertions.assertThat(said).isNotBlank();
        return code;
    }

    @Test
    void evidence_of_an_investigation_holds_without_us() throws Exception {
        TestLog log = new TestLog(logs);
        deliver(log, UUID.randomUUID().toString(), shared(), 2970, 2971);
        deliver(log, UUID.randomUUID().toString(), shared(), 2970);
        log.takenOver();
        String id = asked(shared(), 2970, "%s");
        done(id);

        Answer packed =
                Waiting.until(
                        "a checkpoint that covers all",
                        () -> officer().get("/api/v1/trace/package?investigation=" + id),
                        answer -> answer.status() == 200);
        Path folder = unpacked(packed.bytes());

        try (Stream<Path> records = Files.list(folder.resolve("records"))) {
            assertThat(records.count()).isGreaterThanOrEqualTo(4);
        }
        assertThat(Files.readString(folder.resolve("report.en.html")))
                .contains("Investigation", "Evidence from the trace", log.origin())
                .doesNotContain(Residents.identifier(2970));
        assertThat(Files.readString(folder.resolve("report.zh-CN.html"))).contains("留痕证据报告");
        assertThat(Files.size(folder.resolve("report.zh-CN.pdf"))).isGreaterThan(5_000);
        assumeTrue(hasPython(), "python3 is not installed; the package's own check was not run");
        assertThat(checked(folder)).isZero();
        Path record = folder.resolve("records/0001.json");
        byte[] bytes = Files.readAllBytes(record);
        bytes[20] ^= 1;
        Files.write(record, bytes);
        assertThat(checked(folder)).as("a changed record").isEqualTo(1);
        Path list = folder.resolve("MANIFEST");
        String changed =
                Files.readString(list)
                        .replaceFirst("[0-9a-f]{64}(?=  records/0001.json)", sha256(bytes));
        Files.writeString(list, changed);
        assertThat(checked(folder)).as("and the list with it").isEqualTo(1);
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static boolean hasPython() {
        try {
            return new ProcessBuilder("python3", "--version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void evidence_of_one_record_and_of_a_call_can_be_had() throws Exception {
        TestLog log = new TestLog(logs);
        log.write(
                "app-x",
                "people",
                "call",
                Map.of("dataset", shared(), "requestId", "call-one", "rows", "0"));
        log.takenOver();
        Answer ofCall =
                Waiting.until(
                        "a checkpoint",
                        () -> officer().get("/api/v1/trace/package?request=call-one"),
                        answer -> answer.status() == 200);
        Path folder = unpacked(ofCall.bytes());
        assertThat(Files.readString(folder.resolve("records/0001.json"))).contains("call-one");
        assertThat(
                        Waiting.until(
                                "a checkpoint that the platform has cosigned",
                                () -> signatures("call-one", log.origin()),
                                signatures -> signatures >= 2))
                .isGreaterThanOrEqualTo(2);
        Path cosigned =
                unpacked(
                        Waiting.until(
                                        "a package",
                                        () ->
                                                officer()
                                                        .get(
                                                                "/api/v1/trace/package?request=call-one"),
                                        answer -> answer.status() == 200)
                                .bytes());
        assertThat(checked(cosigned)).isZero();
        try (Stream<Path> keys = Files.list(cosigned.resolve("keys"))) {
            assertThat(keys.map(Path::toString)).anyMatch(key -> key.endsWith(".witness-1.vkey"));
        }
        assertThat(officer().get("/api/v1/trace/package").status()).isEqualTo(400);
        assertThat(officer().get("/api/v1/trace/package?record=" + UUID.randomUUID()).code())
                .isEqualTo("RECORD_NOT_FOUND");
        assertThat(officer().get("/api/v1/trace/package?request=none").code())
                .isEqualTo("RECORD_NOT_FOUND");
        Answer others =
                visitors.person("zhang.min")
                        .get("/api/v1/trace/package?investigation=" + UUID.randomUUID());
        assertThat(others.status()).isEqualTo(403);
    }

    /** How many have signed the checkpoint in the evidence of a call. */
    private long signatures(String call, String origin) {
        try {
            Answer got = officer().get("/api/v1/trace/package?request=" + call);
            if (got.status() == 409) { // no checkpoint covers what asking before has left
                return 0;
            }
            Path folder = unpacked(got.bytes());
            String name = origin.replaceAll("[^A-Za-z0-9.-]", "_");
            return Files.readString(folder.resolve("checkpoints/" + name + ".txt"))
                    .lines()
                    .filter(line -> line.startsWith("— "))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
