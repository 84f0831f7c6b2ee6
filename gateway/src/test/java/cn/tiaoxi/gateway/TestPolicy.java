package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.CallLimits;
import cn.tiaoxi.contract.CallSigner;
import cn.tiaoxi.contract.Ed25519Keys;
import cn.tiaoxi.contract.ExportRule;
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
import cn.tiaoxi.contract.Sm2PrivateKey;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Makes policies for tests: one application with two keys, and what a test adds. */
public final class TestPolicy {
    /** The shared secret of key {@code hmac}. */
    public static final byte[] SECRET =
            "thirty-two bytes of test secret!".getBytes(StandardCharsets.US_ASCII);

    /** The keys of {@code ed25519}. */
    public static final KeyPair PAIR = pair();

    /** The key of {@code sm2}. */
    static final Sm2PrivateKey SM2_KEY = Sm2PrivateKey.generate();

    static final CallSigner HMAC = CallSigner.hmac("hmac", SECRET);
    static final CallSigner ED25519 = CallSigner.ed25519("ed25519", PAIR.getPrivate());
    static final CallSigner HMAC_SM3 = CallSigner.hmacSm3("sm3", SECRET);
    static final CallSigner SM2 = CallSigner.sm2("sm2", SM2_KEY);

    private static final Instant LONG_AGO = Instant.now().minus(Duration.ofDays(30));
    private static final Instant SOON = Instant.now().plus(Duration.ofDays(30));
    private static final SealedSecret SEALED = new SealedSecret(TestPlatform.TOKEN);

    /** A change of the standard policy, and what it lets calls be refused with. */
    record Change(String code, Consumer<TestPolicy> change) {
        /** Another grant instead of the one of that identifier. */
        static Change grant(String code, Grant instead) {
            return new Change(
                    code,
                    policy -> {
                        policy.grants.removeIf(g -> g.id().equals(instead.id()));
                        policy.grants.add(instead);
                    });
        }

        void change(TestPolicy policy) {
            change.accept(policy);
        }
    }

    final List<PublishedInterface> interfaces = new ArrayList<>();
    final List<CallerApplication> applications = new ArrayList<>();
    final List<Grant> grants = new ArrayList<>();

    /** Interface people, application app, an open-handed grant. */
    public static TestPolicy standard() {
        TestPolicy policy = new TestPolicy();
        policy.interfaces.add(people("people", "serving.t_people_1", InterfaceState.LIVE));
        policy.applications.add(
                new CallerApplication(
                        "app",
                        "一网通办",
                        "330500-data",
                        List.of(
                                hmacKey("hmac", LONG_AGO, null),
                                ed25519Key(),
                                shared("sm3", Algorithm.HMAC_SM3),
                                sm2Key(),
                                shared("bg", Algorithm.PROVINCE_HMAC),
                                shared("token", Algorithm.PROVINCE_TOKEN)),
                        true));
        policy.grants.add(grant("g1", "people"));
        return policy;
    }

    PolicySnapshot snapshot(long version) {
        return new PolicySnapshot(version, Instant.now(), interfaces, applications, grants);
    }

    static PublishedInterface people(String id, String table, InterfaceState state) {
        return new PublishedInterface(
                id,
                "人口查询",
                "d1",
                "330500-police",
                table,
                List.of("id_number", "division", "income", "married", "born", "updated"),
                List.of(
                        field("id_number", FieldType.TEXT),
                        field("name", FieldType.TEXT),
                        field("phone", FieldType.TEXT),
                        field("address", FieldType.TEXT),
                        field("division", FieldType.INTEGER),
                        field("income", FieldType.DECIMAL),
                        field("married", FieldType.BOOLEAN),
                        field("born", FieldType.DATE),
                        field("updated", FieldType.TIMESTAMP)),
                200,
                state);
    }

    /** An interface whose callers together are limited. */
    static PublishedInterface limited(String id, String table, CallLimits limits) {
        PublishedInterface open = people(id, table, InterfaceState.LIVE);
        return new PublishedInterface(
                open.id(),
                open.name(),
                open.dataset(),
                open.organisation(),
                open.table(),
                open.keys(),
                open.fields(),
                open.pageLimit(),
                open.state(),
                limits);
    }

    /** An interface of which files may be made. */
    static PublishedInterface exporting(String id, String table, ExportRule rule) {
        return people(id, table, InterfaceState.LIVE)
                .withRanges(List.of("born", "updated"))
                .withExports(rule);
    }

    /** That grant, with files allowed or not. */
    static Grant exporting(Grant grant, boolean exports) {
        return new Grant(
                grant.id(),
                grant.application(),
                grant.interfaceId(),
                grant.fields(),
                grant.masks(),
                grant.purpose(),
                grant.perSecond(),
                grant.perDay(),
                grant.inAll(),
                grant.validFrom(),
                grant.validUntil(),
                grant.state(),
                exports);
    }

    /** That grant for so many calls in all. */
    static Grant onlyInAll(Grant grant, long inAll) {
        return new Grant(
                grant.id(),
                grant.application(),
                grant.interfaceId(),
                grant.fields(),
                grant.masks(),
                grant.purpose(),
                grant.perSecond(),
                grant.perDay(),
                inAll,
                grant.validFrom(),
                grant.validUntil(),
                grant.state());
    }

    private static Field field(String name, FieldType type) {
        return new Field(name, name, type, Grade.L2, "");
    }

    static CallerKey hmacKey(String id, Instant from, Instant until) {
        return key(id, Algorithm.HMAC_SHA256, from, until, List.of(), null);
    }

    /** A key with the shared secret. */
    static CallerKey key(
            String id,
            Algorithm algorithm,
            Instant from,
            Instant until,
            List<String> addresses,
            Instant switchedOff) {
        return new CallerKey(
                id, algorithm, SEALED.seal(id, SECRET), from, until, addresses, switchedOff);
    }

    private static CallerKey shared(String id, Algorithm algorithm) {
        return key(id, algorithm, LONG_AGO, null, List.of(), null);
    }

    private static CallerKey sm2Key() {
        return new CallerKey(
                "sm2",
                Algorithm.SM2_SM3,
                SM2_KEY.publicKey().material(),
                LONG_AGO,
                null,
                List.of(),
                null);
    }

    private static CallerKey ed25519Key() {
        return new CallerKey(
                "ed25519",
                Algorithm.ED25519,
                Ed25519Keys.material(PAIR.getPublic()),
                LONG_AGO,
                null,
                List.of(),
                null);
    }

    /** A grant of most fields, some masked. */
    static Grant grant(String id, String interfaceId) {
        return grant(id, interfaceId, GrantState.ACTIVE, LONG_AGO, SOON);
    }

    static Grant grant(
            String id, String interfaceId, GrantState state, Instant from, Instant until) {
        return limited(id, interfaceId, state, from, until, 100_000, 1_000_000);
    }

    static Grant limited(String id, String interfaceId, int perSecond, long perDay) {
        return limited(id, interfaceId, GrantState.ACTIVE, LONG_AGO, SOON, perSecond, perDay);
    }

    private static Grant limited(
            String id,
            String interfaceId,
            GrantState state,
            Instant from,
            Instant until,
            int perSecond,
            long perDay) {
        return new Grant(
                id,
                "app",
                interfaceId,
                List.of("name", "phone", "division", "income", "married", "born", "updated"),
                Map.of("name", Mask.NAME, "phone", Mask.PHONE, "born", Mask.YEAR),
                "核对办事人身份",
                perSecond,
                perDay,
                from,
                until,
                state);
    }

    private static KeyPair pair() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
