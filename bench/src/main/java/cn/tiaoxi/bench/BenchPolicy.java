package cn.tiaoxi.bench;

import cn.tiaoxi.contract.CallSigner;
import cn.tiaoxi.contract.HttpUpstream;
import cn.tiaoxi.contract.HttpUpstream.Parameter;
import cn.tiaoxi.contract.HttpUpstream.Place;
import cn.tiaoxi.contract.PolicySnapshot;
import cn.tiaoxi.contract.PolicySnapshot.Algorithm;
import cn.tiaoxi.contract.PolicySnapshot.CallerApplication;
import cn.tiaoxi.contract.PolicySnapshot.CallerKey;
import cn.tiaoxi.contract.PolicySnapshot.Field;
import cn.tiaoxi.contract.PolicySnapshot.FieldType;
import cn.tiaoxi.contract.PolicySnapshot.Grade;
import cn.tiaoxi.contract.PolicySnapshot.Grant;
import cn.tiaoxi.contract.PolicySnapshot.GrantState;
import cn.tiaoxi.contract.PolicySnapshot.InterfaceState;
import cn.tiaoxi.contract.PolicySnapshot.Mask;
import cn.tiaoxi.contract.PolicySnapshot.PublishedInterface;
import cn.tiaoxi.contract.SealedSecret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Policies of any size over one table of people: interface 0 and application 0 are called, the
 * others are there.
 */
final class BenchPolicy {
    static final String SECRET = "thirty-two bytes of bench secret";

    /** Rows of the table; each household has ten. */
    static final int ROWS = 100_000;

    static final String TABLE =
            """
            CREATE SCHEMA serving;
            CREATE TABLE serving.t_people_1 (
                tiaoxi_row bigint PRIMARY KEY, id_number text, household bigint, name text,
                phone text, address text, division bigint, born date, updated timestamp);
            INSERT INTO serving.t_people_1
            SELECT i, '330502' || lpad((i * 7919 % 100000)::text, 12, '0'), i / 10,
                   '王小' || chr((19968 + i % 2000)::int), '138' || lpad(i::text, 8, '0'),
                   '湖州市吴兴区凤凰路' || i || '号', 330502 + i % 2, date '1950-01-01' + (i % 20000)::int,
                   timestamp '2026-01-01 00:00:00' + i * interval '1 minute'
            FROM generate_series(0, 99999) AS i;
            CREATE INDEX ON serving.t_people_1 (id_number, tiaoxi_row);
            CREATE INDEX ON serving.t_people_1 (household, tiaoxi_row);
            ANALYZE serving.t_people_1;
            """;

    private static final List<Field> FIELDS =
            List.of(
                    field("id_number", FieldType.TEXT),
                    field("household", FieldType.INTEGER),
                    field("name", FieldType.TEXT),
                    field("phone", FieldType.TEXT),
                    field("address", FieldType.TEXT),
                    field("division", FieldType.INTEGER),
                    field("born", FieldType.DATE),
                    field("updated", FieldType.TIMESTAMP));

    private static final long MOST_BYTES = 256 << 20;
    private static final int GRANTED_APPLICATIONS = 1_000;
    private static final Instant LONG_AGO = Instant.now().minus(Duration.ofDays(30));
    private static final Instant LATE = Instant.now().plus(Duration.ofDays(300));

    private final SealedSecret sealed;

    BenchPolicy(String token) {
        this.sealed = new SealedSecret(token);
    }

    /** Signs calls of application 0. */
    static CallSigner signer() {
        return CallSigner.hmac("key-0", SECRET.getBytes(StandardCharsets.US_ASCII));
    }

    /** Signs with its name and another secret. */
    static CallSigner forger() {
        return CallSigner.hmac(
                "key-0", "another secret of thirty-two by.".getBytes(StandardCharsets.US_ASCII));
    }

    /** Path and query of a lookup of one row. */
    static String person(int number) {
        return "/api/people-0?id_number=" + String.format("330502%012d", number % ROWS);
    }

    /** Path and query of a list of ten rows, about 2 KB. */
    static String household(int number) {
        return "/api/people-0?household=" + number % (ROWS / 10 - 1);
    }

    /** A policy; {@code perDay} of the grant that is called tells one version from another. */
    PolicySnapshot snapshot(long version, int interfaces, int grants, long perDay) {
        int applications = Math.clamp(grants / 10, 1, GRANTED_APPLICATIONS);
        List<PublishedInterface> published = new ArrayList<>(interfaces);
        for (int i = 0; i < interfaces; i++) {
            published.add(published(i));
        }
        List<CallerApplication> callers = new ArrayList<>(applications);
        for (int i = 0; i < applications; i++) {
            callers.add(caller(i));
        }
        List<Grant> granted = new ArrayList<>(grants);
        for (int i = 0; i < grants; i++) {
            granted.add(
                    grant(
                            i,
                            i / interfaces % applications,
                            i % interfaces,
                            i == 0 ? perDay : 1_000));
        }
        return new PolicySnapshot(version, Instant.now(), published, callers, granted);
    }

    /** Path and query of a call of the service, which answers a list of ten records, about 2 KB. */
    static String service(int number) {
        return "/api/service?household=" + number % (ROWS / 10 - 1);
    }

    /** That policy, and interfaces that services answer, each with a grant like the first. */
    static PolicySnapshot with(PolicySnapshot before, List<PublishedInterface> services) {
        List<PublishedInterface> published = new ArrayList<>(before.interfaces());
        published.addAll(services);
        List<Grant> granted = new ArrayList<>(before.grants());
        Grant called = before.grants().getFirst();
        for (PublishedInterface service : services) {
            granted.add(
                    new Grant(
                            "grant-" + service.id(),
                            called.application(),
                            service.id(),
                            called.fields(),
                            called.masks(),
                            called.purpose(),
                            called.perSecond(),
                            called.perDay(),
                            called.validFrom(),
                            called.validUntil(),
                            called.state()));
        }
        return new PolicySnapshot(
                before.version(), before.issued(), published, before.applications(), granted);
    }

    /** An interface that a service answers under a path of that name, with the same fields. */
    static PublishedInterface served(
            String id, URI address, HttpUpstream.Times times, HttpUpstream.Breaker breaker) {
        return new PublishedInterface(
                id,
                "人口查询服务 " + id,
                "",
                "330500-police",
                "",
                List.of(),
                FIELDS,
                100,
                InterfaceState.LIVE,
                null,
                new HttpUpstream(
                        address,
                        HttpUpstream.Method.GET,
                        "/" + id,
                        List.of(Parameter.of("household", Place.QUERY, true, FieldType.INTEGER)),
                        times,
                        1,
                        500,
                        null,
                        breaker,
                        MOST_BYTES,
                        HttpUpstream.Format.JSON,
                        "/rows",
                        List.of("/interface", "/count", "/next"),
                        null));
    }

    private static PublishedInterface published(int number) {
        return new PublishedInterface(
                "people-" + number,
                "人口查询 " + number,
                "dataset-" + number,
                "330500-police",
                "serving.t_people_1",
                List.of("id_number", "household"),
                FIELDS,
                100,
                InterfaceState.LIVE);
    }

    private static Field field(String name, FieldType type) {
        return new Field(name, name, type, Grade.L2, "");
    }

    private CallerApplication caller(int number) {
        String key = "key-" + number;
        return new CallerApplication(
                "application-" + number,
                "应用 " + number,
                "330500-data",
                List.of(
                        new CallerKey(
                                key,
                                Algorithm.HMAC_SHA256,
                                sealed.seal(key, SECRET.getBytes(StandardCharsets.US_ASCII)),
                                LONG_AGO,
                                null,
                                List.of(),
                                null)),
                true);
    }

    /** The grant that is called, with so many calls a day. */
    static Grant called(long perDay) {
        return grant(0, 0, 0, perDay);
    }

    private static Grant grant(int number, int application, int on, long perDay) {
        return new Grant(
                "grant-" + number,
                "application-" + application,
                "people-" + on,
                List.of("household", "name", "phone", "address", "division", "born", "updated"),
                Map.of("name", Mask.NAME, "phone", Mask.PHONE),
                "核对办事人身份 " + number,
                number == 0 ? 1_000_000 : 100,
                perDay,
                LONG_AGO,
                LATE,
                GrantState.ACTIVE);
    }
}
