package cn.tiaoxi.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SignedPolicyTests {
    private static final Instant NOW = Instant.parse("2026-11-26T10:00:00.123456789Z");
    private final KeyPair keys = pair();

    private static KeyPair pair() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Grant grant(String id, Map<String, Mask> masks, Instant until) {
        return new Grant(
                id,
                "app",
                "people",
                List.of("姓名", "phone"),
                masks,
                "核对身份",
                5,
                100,
                NOW,
                until,
                GrantState.ACTIVE);
    }

    private static PolicySnapshot snapshot(long version, Grant... grants) {
        return new PolicySnapshot(
                version,
                NOW,
                List.of(
                        new PublishedInterface(
                                "people",
                                "人口",
                                "d1",
                                "330500",
                                "serving.t_1",
                                List.of("id"),
                                List.of(new Field("id", "身份证", FieldType.TEXT, Grade.L3, "")),
                                100,
                                InterfaceState.LIVE)),
                List.of(
                        new CallerApplication(
                                "app",
                                "一网通办",
                                "330500",
                                List.of(
                                        new CallerKey(
                                                "k",
                                                Algorithm.ED25519,
                                                "AAAA",
                                                NOW,
                                                null,
                                                List.of("10.0.0.0/8"),
                                                null)),
                                true)),
                List.of(grants));
    }

    @Test
    void a_whole_policy_is_read_as_it_was_signed() {
        PolicySnapshot policy =
                snapshot(
                        3,
                        grant("g1", Map.of("phone", Mask.PHONE, "姓名", Mask.NAME), NOW),
                        grant("g2", Map.of(), Instant.MAX),
                        grant("g3", Map.of(), Instant.EPOCH.minusNanos(1)));

        byte[] signed = SignedPolicy.whole(policy, keys.getPrivate());

        assertThat(SignedPolicy.open(signed, keys.getPublic())).isEqualTo(policy);
    }

    @Test
    void no_byte_can_be_changed_and_none_left_out() {
        byte[] signed =
                SignedPolicy.whole(snapshot(3, grant("g1", Map.of(), NOW)), keys.getPrivate());
        for (int i = 0; i < signed.length; i++) {
            byte[] wrong = signed.clone();
            wrong[i] ^= 1;
            assertThatThrownBy(() -> SignedPolicy.open(wrong, keys.getPublic()))
                    .as("byte %d", i)
                    .isInstanceOf(IllegalArgumentException.class);
            byte[] torn = Arrays.copyOf(signed, i);
            assertThatThrownBy(
                            () ->
                                    PolicyReader.open(
                                                    new ByteArrayInputStream(torn),
                                                    keys.getPublic())
                                            .forEach(item -> {}))
                    .as("%d bytes", i)
                    .isInstanceOf(EOFException.class);
        }
    }

    @Test
    void a_stranger_cannot_sign() {
        byte[] signed = SignedPolicy.whole(snapshot(3), pair().getPrivate());

        assertThatThrownBy(() -> SignedPolicy.open(signed, keys.getPublic()))
                .hasMessageContaining("signature does not hold");
    }

    @Test
    void a_change_names_what_it_builds_on_and_only_what_changed() throws IOException {
        PolicySnapshot before = snapshot(3, grant("g1", Map.of(), NOW), grant("g2", Map.of(), NOW));
        PolicySnapshot after =
                snapshot(
                        7,
                        grant("g1", Map.of(), NOW),
                        grant("g3", Map.of("phone", Mask.HIDE), NOW));

        byte[] change = SignedPolicy.change(before, after, keys.getPrivate());

        PolicyReader reader = PolicyReader.open(new ByteArrayInputStream(change), keys.getPublic());
        assertThat(reader.head().base())
                .isEqualTo(new PolicyHead.Base(3, PolicyDigest.of(before).toString()));
        assertThat(reader.head().digest()).isEqualTo(PolicyDigest.of(after).toString());
        Map<String, Boolean> put = new LinkedHashMap<>();
        reader.forEach(item -> put.put(item.id(), item.content() != null));
        assertThat(put).isEqualTo(Map.of("g3", true, "g2", false));
    }

    @Test
    void what_a_newer_platform_adds_is_passed_over() {
        byte[] newer =
                new tools.jackson.dataformat.cbor.CBORMapper()
                        .writeValueAsBytes(
                                Map.of(
                                        "id",
                                        "app",
                                        "name",
                                        "n",
                                        "organisation",
                                        "o",
                                        "keys",
                                        List.of(),
                                        "active",
                                        true,
                                        "budget",
                                        Map.of("day", 3)));

        assertThat(
                        new PolicyItem(PolicyItem.Kind.APPLICATION, "app", newer)
                                .read(CallerApplication.class))
                .isEqualTo(new CallerApplication("app", "n", "o", List.of(), true));
    }

    @Test
    void the_same_record_has_the_same_bytes_whatever_order_its_maps_are_in() {
        Random random = new Random(7);
        for (int i = 0; i < 50; i++) {
            Map<String, Mask> masks = new HashMap<>();
            for (int f = 0; f < 12; f++) {
                masks.put("field" + random.nextInt(1_000), Mask.values()[random.nextInt(7)]);
            }
            Grant one = grant("g", masks, NOW);
            Grant other = grant("g", new LinkedHashMap<>(masks).reversed(), NOW);
            assertThat(PolicyItem.put(one).content()).isEqualTo(PolicyItem.put(other).content());
        }
    }

    @Test
    void the_quick_reading_reads_what_the_plain_one_does() {
        PolicyItems quick = new PolicyItems();
        Random random = new Random(11);
        for (int i = 0; i < 3_000; i++) {
            Map<String, Mask> masks = new HashMap<>();
            for (int f = random.nextInt(4); f > 0; f--) {
                masks.put("字段" + random.nextInt(5), Mask.values()[random.nextInt(7)]);
            }
            Grant grant =
                    new Grant(
                            "g" + i,
                            "app" + random.nextInt(3),
                            "i".repeat(random.nextInt(300)),
                            List.of("a", "b".repeat(random.nextInt(4))),
                            masks,
                            "用".repeat(random.nextInt(9) == 0 ? 9_000 : random.nextInt(9)),
                            random.nextInt(),
                            random.nextLong(),
                            Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000)),
                            random.nextInt(9) == 0 ? Instant.MAX : NOW,
                            GrantState.values()[random.nextInt(2)]);
            PolicyItem item = PolicyItem.put(grant);
            assertThat(quick.grant(item)).isEqualTo(grant);
            byte[] wrong = java.util.Objects.requireNonNull(item.content()).clone();
            wrong[random.nextInt(wrong.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                quick.grant(new PolicyItem(PolicyItem.Kind.GRANT, "g", wrong));
            } catch (IllegalArgumentException e) {
                assertThat(e).isNotNull(); // Refused, and the next is read again.
            }
        }
        snapshot(1)
                .interfaces()
                .forEach(p -> assertThat(quick.published(PolicyItem.put(p))).isEqualTo(p));
        snapshot(1)
                .applications()
                .forEach(a -> assertThat(quick.application(PolicyItem.put(a))).isEqualTo(a));
    }

    @Test
    void a_digest_is_read_as_it_is_written_and_sums_cancel() {
        PolicyDigest one = PolicyDigest.of(snapshot(1, grant("g1", Map.of(), NOW)));
        PolicyDigest other = PolicyDigest.of(snapshot(1, grant("g2", Map.of(), NOW)));

        assertThat(PolicyDigest.parse(one.toString())).isEqualTo(one);
        assertThat(one.plus(other).minus(one)).isEqualTo(other);
        assertThat(one).isNotEqualTo(other);
    }

    @Test
    void the_form_names_every_record() {
        assertThat(PolicyCodec.form()).hasSize(16).isEqualTo(PolicyCodec.form());
    }
}
