package cn.tiaoxi.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.contract.DeliveryMark;
import cn.tiaoxi.contract.ExportRule;
import cn.tiaoxi.contract.PolicySnapshot.Grant;
import cn.tiaoxi.contract.PolicySnapshot.InterfaceState;
import cn.tiaoxi.contract.PolicySnapshot.Mask;
import cn.tiaoxi.contract.PolicySnapshot.PublishedInterface;
import cn.tiaoxi.contract.SealedSecret;
import cn.tiaoxi.contract.SubjectDigests;
import cn.tiaoxi.contract.SubjectRule;
import cn.tiaoxi.contract.TraceRecord;
import cn.tiaoxi.contract.Width;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Marks that tell one recipient's file from another's with the same rows. */
class MarkTests {
    private static final byte[] KEY = new byte[SubjectDigests.KEY_BYTES];
    private static final SubjectDigests DIGESTS = new SubjectDigests(KEY);
    private static final Pattern NOBODY = Pattern.compile("33059\\d19900{3}\\d{3}\\d[0-9X]");

    @TempDir static Path data;
    private static TestDatabase database;
    private static GatewayRig rig;

    @BeforeAll
    static void start() throws Exception {
        database = TestDatabase.start();
        rig = new GatewayRig(data, database).start();
        TestPolicy policy = TestPolicy.standard();
        add(policy, people("ordered", "resident-id", Set.of(DeliveryMark.ORDER)));
        add(policy, people("spelled", "resident-id", Set.of(DeliveryMark.SPELLING)));
        add(policy, people("canaries", "resident-id", Set.of(DeliveryMark.CANARIES)));
        add(policy, people("others", "mobile", Set.of(DeliveryMark.CANARIES)));
        add(policy, people("marked", "resident-id", Set.of(DeliveryMark.values())));
        rig.apply(policy);
    }

    @AfterAll
    static void stop() throws Exception {
        rig.close();
        database.close();
    }

    private static PublishedInterface people(String id, String kind, Set<DeliveryMark> marks) {
        String sealed = new SealedSecret(TestPlatform.TOKEN).seal(SubjectRule.sealedFor("k1"), KEY);
        return TestPolicy.people(id, "serving.t_people_1", InterfaceState.LIVE)
                .withExports(new ExportRule(500, 24, true, marks))
                .withSubject(new SubjectRule("id_number", kind, "k1", sealed));
    }

    private static void add(TestPolicy policy, PublishedInterface added) {
        policy.interfaces.add(added);
        Grant grant = TestPolicy.exporting(TestPolicy.grant("g-" + added.id(), added.id()), true);
        policy.grants.add(
                new Grant(
                        grant.id(),
                        grant.application(),
                        grant.interfaceId(),
                        List.of("id_number", "name", "phone", "address", "born"),
                        Map.of("name", Mask.NAME),
                        grant.purpose(),
                        grant.perSecond(),
                        grant.perDay(),
                        grant.inAll(),
                        grant.validFrom(),
                        grant.validUntil(),
                        grant.state(),
                        true));
    }

    /** A file with its lines, and what the trace says of its rows. */
    private record Made(String id, List<String> lines, TraceRecord record) {
        List<Long> digests() {
            String[] noted = String.valueOf(record.detail("subjects")).split(" ", -1);
            return Arrays.stream(SubjectDigests.read(noted[2])).boxed().toList();
        }

        List<Long> canaries() {
            return Arrays.stream(SubjectDigests.read(String.valueOf(record.detail("canaries"))))
                    .boxed()
                    .toList();
        }
    }

    private static Made made(String interfaceId, String body) throws Exception {
        ExportCaller caller = new ExportCaller(rig, TestPolicy.HMAC);
        String export = caller.ordered(interfaceId, "csv", body);
        long rows = caller.await(export, "READY").get("rows").asLong();
        List<String> lines = caller.content(export).body().lines().skip(1).toList();
        assertThat(lines).hasSize((int) rows);
        String id = export.substring(export.lastIndexOf('/') + 1);
        TraceRecord record =
                rig.trace().stream()
                        .filter(r -> r.action().equals(TraceRecord.SUBJECTS))
                        .filter(r -> id.equals(r.detail("export")))
                        .findFirst()
                        .orElseThrow();
        return new Made(id, lines, record);
    }

    private static List<Long> loaded() {
        return java.util.stream.IntStream.rangeClosed(1, 500)
                .mapToObj(i -> DIGESTS.digest("resident-id", "3305021990%08d".formatted(i)))
                .toList();
    }

    @Test
    void each_file_has_an_order_of_its_own_with_the_same_rows() throws Exception {
        Made one = made("ordered", "");
        Made other = made("ordered", "");

        assertThat(one.digests()).containsExactlyInAnyOrderElementsOf(loaded());
        assertThat(one.digests()).isNotEqualTo(loaded()).isNotEqualTo(other.digests());
        assertThat(one.lines()).containsExactlyInAnyOrderElementsOf(other.lines());
        assertThat(one.record().detail("marks")).isEqualTo("ORDER");
        assertThat(one.record().detail("portions")).isEqualTo("500");
        assertThat(one.canaries()).isEmpty();
    }

    @Test
    void texts_have_widths_that_the_key_tells() throws Exception {
        Made one = made("spelled", "");

        long full = 0;
        for (String line : one.lines()) {
            String address = line.split(",", -1)[3];
            Width width = Width.of(address).orElseThrow();
            assertThat(width).isEqualTo(DIGESTS.marks().width(one.id(), address));
            full += width == Width.FULL ? 1 : 0;
            assertThat(line).as("the subject").matches("3305021990\\d{8},.*");
        }
        assertThat(full).isBetween(180L, 320L);
        assertThat(one.digests()).as("the order stays").isEqualTo(loaded());
    }

    @Test
    void invented_people_are_among_the_others_and_in_the_trace() throws Exception {
        Made one = made("canaries", "");

        List<String> invented =
                one.lines().stream().filter(line -> !line.startsWith("330502")).toList();
        assertThat(one.lines()).hasSize(502);
        assertThat(invented)
                .hasSize(2)
                .allSatisfy(
                        line -> {
                            String[] cells = line.split(",", -1);
                            assertThat(cells[0]).matches(NOBODY);
                            assertThat(cells[1]).as("masked as the others").isEqualTo("王**");
                            assertThat(cells[2]).matches("154\\d{8}|");
                            assertThat(cells[3]).startsWith("湖州市吴兴区凤").endsWith("号");
                            assertThat(cells[4]).matches("199\\d-\\d\\d-\\d\\d");
                            assertThat(one.canaries())
                                    .contains(DIGESTS.digest("resident-id", cells[0]));
                        });
        assertThat(one.digests()).hasSize(502).containsAll(one.canaries()).containsAll(loaded());
        assertThat(one.record().detail("portions")).isEqualTo("502");
    }

    @Test
    void nobody_is_invented_where_no_identifier_can_be_or_rows_are_few() throws Exception {
        assertThat(made("others", "").lines()).hasSize(500);
        assertThat(made("canaries", "{\"id_number\":\"330502199000000007\"}").lines()).hasSize(1);
    }

    @Test
    void all_marks_at_once_leave_what_the_rows_say() throws Exception {
        Made marked = made("marked", "");
        Made plain = made("ordered", "");

        assertThat(
                        marked.lines().stream()
                                .filter(line -> line.startsWith("330502"))
                                .map(Width.HALF::write)
                                .toList())
                .containsExactlyInAnyOrderElementsOf(plain.lines());
        assertThat(marked.record().detail("marks")).isEqualTo("CANARIES ORDER SPELLING");
    }

    @Test
    void invented_identifiers_are_well_formed() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 1_000; i++) {
            String person =
                    InventedIdentifiers.like("resident-id", "34052419800101001X", random)
                            .orElseThrow();
            assertThat(person).matches("34059\\d19800101\\d\\d[13579][0-9X]");
            assertThat(residentCheck(person)).isEqualTo(person.charAt(17));
            String company =
                    InventedIdentifiers.like("uscc", "91350100M000100Y43", random).orElseThrow();
            assertThat(company).matches("9135019\\dM0[0-9A-Y]{6}[0-9X][0-9A-Y]");
        }
        assertThat(InventedIdentifiers.like("uscc", "12", random)).isEmpty();
        assertThat(InventedIdentifiers.like("plate", "浙E12345", random)).isEmpty();
    }

    /** ISO 7064, MOD 11-2, digit by digit. */
    private static char residentCheck(String value) {
        int rest = 0;
        for (int i = 0; i < 17; i++) {
            rest = (rest + value.charAt(i) - '0') * 2 % 11;
        }
        return "10X98765432".charAt(rest);
    }
}
