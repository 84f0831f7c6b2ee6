package cn.tiaoxi.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.tiaoxi.contract.PolicySnapshot.Style;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** What a gateway remembers of the calls before: nonces, calls a second, calls a day. */
class MemoryTests {
    private static final long NOW = 1_800_000_000L;
    private static final long SECOND = 1_000_000_000L;

    @Test
    void a_nonce_is_refused_as_long_as_its_signature_would_be_accepted() {
        for (long created = NOW - 60; created <= NOW + 60; created++) {
            ReplayMemory memory = new ReplayMemory(100, ReplayMemory.SKEW_SECONDS);
            memory.remember("key", "nonce", created, NOW);
            long signed = created;
            for (long later = NOW; later <= created + 60; later++) {
                long at = later;
                assertThatThrownBy(() -> memory.remember("key", "nonce", signed, at))
                        .hasMessageContaining("REQUEST_REPLAYED");
            }
        }
    }

    @Test
    void each_style_remembers_as_long_as_it_accepts() {
        for (Style style : Style.values()) {
            if (style == Style.MUTUAL_TLS) {
                continue; // TLS itself lets nothing be sent twice.
            }
            long skew = Replays.skewSeconds(style);
            for (long created : new long[] {NOW - skew, NOW - 7, NOW, NOW + skew}) {
                Replays replays = new Replays(100);
                replays.remember(style, "key", "nonce", created, NOW);
                for (long at = NOW; at <= created + skew; at++) {
                    long later = at;
                    assertThatThrownBy(
                                    () -> replays.remember(style, "key", "nonce", created, later))
                            .hasMessageContaining("REQUEST_REPLAYED");
                }
            }
        }
    }

    @Test
    void nonces_that_lapsed_make_room() {
        ReplayMemory memory = new ReplayMemory(10, ReplayMemory.SKEW_SECONDS);
        for (int i = 0; i < 1_000; i++) {
            memory.remember("key", "nonce" + i, NOW + i * 20L, NOW + i * 20L);
        }
        for (int i = 0; i < 4; i++) {
            memory.remember("key", "more" + i, NOW + 20_000, NOW + 20_000);
        }
        assertThatThrownBy(
                        () -> {
                            for (int i = 0; i < 10; i++) {
                                memory.remember("key", "yet" + i, NOW + 20_000, NOW + 20_000);
                            }
                        })
                .hasMessageContaining("OVERLOADED");
    }

    @Property(tries = 200)
    void a_set_holds_just_what_was_added(
            @ForAll @Size(max = 400) List<@LongRange(min = -40, max = 40) Long> values) {
        NonceSet set = new NonceSet();
        Set<Long> added = new HashSet<>();
        for (long value : values) {
            assertThat(set.contains(value, value * 31 + 7)).isEqualTo(!added.add(value));
            if (!set.contains(value, value * 31 + 7)) {
                set.add(value, value * 31 + 7);
            }
        }
        assertThat(set.size()).isEqualTo(added.size());
    }

    @Test
    void settings_come_from_arguments_before_the_environment() {
        GatewaySettings settings =
                GatewaySettings.of(
                        List.of("--data", "/d", "--port=1", "--authority=A:1, b"),
                        Map.of("TIAOXI_GATEWAY_PORT", "2", "TIAOXI_GATEWAY_HOST", "127.0.0.9"));

        assertThat(settings.port()).isEqualTo(1);
        assertThat(settings.host()).isEqualTo("127.0.0.9");
        assertThat(settings.authorities()).containsExactlyInAnyOrder("a:1", "b");
        assertThat(settings.tokenFile()).hasToString("/d/keys/gateway.token");
        for (List<String> wrong :
                List.of(List.of("--colour=1"), List.of("--port"), List.of("--port=x"))) {
            assertThatThrownBy(() -> GatewaySettings.of(wrong, Map.of()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
