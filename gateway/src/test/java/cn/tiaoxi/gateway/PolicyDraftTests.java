package cn.tiaoxi.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.tiaoxi.contract.PolicyReader;
import cn.tiaoxi.contract.PolicySnapshot;
import cn.tiaoxi.contract.PolicySnapshot.Algorithm;
import cn.tiaoxi.contract.PolicySnapshot.CallerApplication;
import cn.tiaoxi.contract.PolicySnapshot.CallerKey;
import cn.tiaoxi.contract.PolicySnapshot.Grant;
import cn.tiaoxi.contract.PolicySnapshot.GrantState;
import cn.tiaoxi.contract.PolicySnapshot.InterfaceState;
import cn.tiaoxi.contract.PolicySnapshot.PublishedInterface;
import cn.tiaoxi.contract.SealedSecret;
import cn.tiaoxi.contract.SignedPolicy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PolicyDraftTests {
    private static final SealedSecret SEALED = new SealedSecret(TestPlatform.TOKEN);
    private static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");

    private static Policy whole(PolicySnapshot snapshot) throws IOException {
        PolicyReader reader = opened(SignedPolicy.whole(snapshot, TestPolicy.PAIR.getPrivate()));
        PolicyDraft draft = new PolicyDraft(SEALED);
        reader.forEach(draft::accept);
        return draft.done(reader.head(), NOW);
    }

    private static Policy changed(Policy policy, PolicySnapshot from, PolicySnapshot to)
            throws IOException {
        PolicyReader reader = opened(SignedPolicy.change(from, to, TestPolicy.PAIR.getPrivate()));
        PolicyDraft draft = new PolicyDraft(SEALED, policy);
        reader.forEach(draft::accept);
        return draft.done(reader.head(), NOW);
    }

    private static PolicyReader opened(byte[] signed) throws IOException {
        return PolicyReader.open(new ByteArrayInputStream(signed), TestPolicy.PAIR.getPublic());
    }

    /** Puts, removes and moves what a policy holds, by chance. */
    private static final class City {
        private final Random random;
        private final TreeMap<String, PublishedInterface> interfaces = new TreeMap<>();
        private final TreeMap<String, CallerApplication> applications = new TreeMap<>();
        private final TreeMap<String, Grant> grants = new TreeMap<>();
        private final Map<String, String> keyOf = new HashMap<>();
        private long version;

        private City(long seed) {
            this.random = new Random(seed);
        }

        private void step() {
            String number = Integer.toString(random.nextInt(6));
            boolean remove = random.nextInt(3) == 0;
            switch (random.nextInt(4)) {
                case 0 -> {
                    InterfaceState state = InterfaceState.values()[random.nextInt(2)];
                    put(
                            interfaces,
                            "people-" + number,
                            remove
                                    ? null
                                    : TestPolicy.people("people-" + number, "serving.t_1", state));
                }
                case 1 -> {
                    keyOf.values().removeIf(("app-" + number)::equals);
                    if (!remove) {
                        // A key may come from another application.
                        keyOf.put("key-" + random.nextInt(4), "app-" + number);
                    }
                    if (remove) {
                        applications.remove("app-" + number);
                    } else {
                        applications.put("app-" + number, application("app-" + number));
                    }
                    applications.replaceAll((id, any) -> application(id));
                }
                default -> put(grants, "grant-" + random.nextInt(12), remove ? null : grant());
            }
        }

        private <T> void put(Map<String, T> map, String id, T value) {
            if (value == null) {
                map.remove(id);
            } else if (value instanceof Grant g) {
                grants.put(id, renamed(g, id));
            } else {
                map.put(id, value);
            }
        }

        private CallerApplication application(String id) {
            List<CallerKey> keys = new ArrayList<>();
            new TreeMap<>(keyOf)
                    .forEach(
                            (key, app) -> {
                                if (app.equals(id)) {
                                    keys.add(key(key));
                                }
                            });
            return new CallerApplication(id, "应用", "330500", keys, true);
        }

        private static final Map<String, String> MATERIAL = new HashMap<>();

        private static CallerKey key(String id) {
            String material = MATERIAL.computeIfAbsent(id, k -> SEALED.seal(k, TestPolicy.SECRET));
            return new CallerKey(
                    id, Algorithm.HMAC_SHA256, material, Instant.EPOCH, null, List.of(), null);
        }

        private Grant grant() {
            return new Grant(
                    "",
                    "app-" + random.nextInt(3),
                    "people-" + random.nextInt(3),
                    List.of("name"),
                    Map.of(),
                    "核对",
                    1 + random.nextInt(5),
                    100,
                    NOW.plusSeconds(random.nextInt(3)),
                    NOW.plusSeconds(100),
                    GrantState.values()[random.nextInt(2)]);
        }

        private static Grant renamed(Grant g, String id) {
            return new Grant(
                    id,
                    g.application(),
                    g.interfaceId(),
                    g.fields(),
                    g.masks(),
                    g.purpose(),
                    g.perSecond(),
                    g.perDay(),
                    g.validFrom(),
                    g.validUntil(),
                    g.state());
        }

        private PolicySnapshot snapshot() {
            return new PolicySnapshot(
                    ++version,
                    NOW,
                    List.copyOf(interfaces.values()),
                    List.copyOf(applications.values()),
                    List.copyOf(grants.values()));
        }
    }

    @Property(tries = 30)
    void changes_one_after_another_make_the_policy_that_the_whole_makes(@ForAll long seed)
            throws IOException {
        City city = new City(seed);
        PolicySnapshot before = city.snapshot();
        Policy policy = whole(before);
        for (int i = 0; i < 25; i++) {
            for (int j = city.random.nextInt(5); j >= 0; j--) {
                city.step();
            }
            PolicySnapshot after = city.snapshot();
            policy = changed(policy, before, after);
            assertThat(content(policy)).isEqualTo(content(whole(after)));
            before = after;
        }
    }

    private static Map<String, Object> content(Policy policy) {
        Map<String, Object> all = new TreeMap<>();
        all.put("digest", policy.digest());
        all.put("version", policy.version());
        policy.interfaces().forEach((id, held) -> all.put("i" + id, held.value().published()));
        policy.applications().forEach((id, held) -> all.put("a" + id, held.value()));
        policy.callers().forEach((id, caller) -> all.put("k" + id, caller.application()));
        policy.grantsById().forEach((id, held) -> all.put("g" + id, held));
        policy.grantsOf().forEach((key, list) -> all.put("o" + key, list));
        return all;
    }

    @Test
    void a_policy_that_does_not_hold_what_the_platform_says_is_not_made() throws IOException {
        PolicySnapshot one = TestPolicy.standard().snapshot(1);
        TestPolicy more = TestPolicy.standard();
        more.grants.add(TestPolicy.grant("g2", "people"));
        TestPolicy most = TestPolicy.standard();
        most.grants.add(TestPolicy.grant("g2", "people"));
        most.grants.add(TestPolicy.grant("g3", "people"));
        Policy policy = whole(one);

        assertThatThrownBy(() -> changed(policy, more.snapshot(2), most.snapshot(3)))
                .hasMessageContaining("does not hold");
    }

    @Test
    void nothing_is_named_twice_and_a_key_belongs_to_one_application() {
        TestPolicy twice = TestPolicy.standard();
        twice.grants.add(twice.grants.getFirst());
        assertThatThrownBy(() -> whole(twice.snapshot(1))).hasMessageContaining("twice");

        TestPolicy shared = TestPolicy.standard();
        CallerApplication app = shared.applications.getFirst();
        shared.applications.add(new CallerApplication("other", "n", "o", app.keys(), true));
        assertThatThrownBy(() -> whole(shared.snapshot(1))).hasMessageContaining("twice");
    }
}
