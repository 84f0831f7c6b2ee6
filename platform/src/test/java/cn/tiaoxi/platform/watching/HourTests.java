package cn.tiaoxi.platform.watching;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.contract.Durations;
import cn.tiaoxi.contract.GatewayFigures;
import cn.tiaoxi.contract.GatewayFigures.Flow;
import cn.tiaoxi.contract.GatewayFigures.Now;
import cn.tiaoxi.contract.GatewayFigures.Share;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The last hour, kept in memory of constant size. */
class HourTests {
    private static final Instant START = Instant.parse("2026-11-27T02:00:00Z");

    private final Hour hour = new Hour();

    static GatewayFigures figures(String gateway, Instant from, long millis, int calls) {
        Durations durations = new Durations();
        for (int i = 0; i < calls; i++) {
            durations.add(1_000 + i);
        }
        return new GatewayFigures(
                gateway,
                from,
                millis,
                calls,
                calls,
                100L * calls,
                Map.of("KEY_UNKNOWN", 1L),
                durations.sparse(),
                List.of(new Share("app", "330500-data", calls, 1, 0)),
                List.of(new Share("people", "330500-police", calls, 1, 0)),
                List.of(new Flow("330500-data", "330500-police", calls, 1)),
                new Now(1, 0, 0, 1, 1, true, 0));
    }

    @Test
    void gateways_are_summed_second_by_second() {
        hour.add(figures("a", START, 1_000, 10), START.plusSeconds(1));
        hour.add(figures("b", START, 1_000, 7), START.plusSeconds(1));
        hour.add(figures("a", START.plusSeconds(1), 1_000, 5), START.plusSeconds(2));

        List<Hour.Point> points = hour.points(Window.MINUTE, 0, START.plusSeconds(2));
        assertThat(points).extracting(p -> p.bucket().calls()).containsExactly(17L, 5L);
        Bucket sum = hour.sum(Window.MINUTE, START.plusSeconds(2));
        assertThat(sum.calls()).isEqualTo(22);
        assertThat(sum.refused()).isEqualTo(3);
        assertThat(sum.callers(10)).hasSize(1);
        assertThat(sum.callers(10).getFirst().calls()).isEqualTo(22);
        assertThat(sum.flows(10)).containsExactly(new Flow("330500-data", "330500-police", 22, 3));
        assertThat(sum.milliseconds(0.5)).isBetween(0.95, 1.06);
    }

    @Test
    void a_longer_span_is_spread_over_its_seconds_and_nothing_is_lost() {
        hour.add(figures("a", START, 5_000, 13), START.plusSeconds(5));

        List<Hour.Point> points = hour.points(Window.FIVE_MINUTES, 0, START.plusSeconds(6));
        assertThat(points).hasSize(5);
        assertThat(points.stream().mapToLong(p -> p.bucket().calls()).sum()).isEqualTo(13);
        assertThat(hour.sum(Window.HOUR, START.plusSeconds(6)).calls()).isEqualTo(13);
    }

    @Test
    void what_is_older_than_the_window_is_gone_and_the_hour_has_it_still() {
        hour.add(figures("a", START, 1_000, 10), START.plusSeconds(1));

        Instant later = START.plusSeconds(400);
        assertThat(hour.sum(Window.MINUTE, later).calls()).isZero();
        assertThat(hour.sum(Window.FIVE_MINUTES, later).calls()).isZero();
        assertThat(hour.sum(Window.HOUR, later).calls()).isEqualTo(10);
        assertThat(hour.sum(Window.HOUR, START.plusSeconds(4_000)).calls()).isZero();
    }

    @Test
    void a_clock_that_is_far_off_does_no_harm() {
        hour.add(figures("a", START.minusSeconds(86_400), 1_000, 10), START);

        assertThat(hour.sum(Window.MINUTE, START.plusSeconds(1)).calls()).isEqualTo(10);
    }

    @Test
    void names_without_end_do_not_fill_the_memory() {
        for (int i = 0; i < 5_000; i++) {
            GatewayFigures one =
                    new GatewayFigures(
                            "a",
                            START,
                            1_000,
                            1,
                            0,
                            0,
                            Map.of(),
                            Map.of(1, 1L),
                            List.of(new Share("app" + i, "", 1, 0, 0)),
                            List.of(),
                            List.of(new Flow("o" + i, "p", 1, 0)),
                            new Now(1, 0, 0, 1, 1, true, 0));
            hour.add(one, START.plusSeconds(1));
        }
        Bucket sum = hour.sum(Window.MINUTE, START.plusSeconds(1));
        assertThat(sum.callers(10_000)).hasSize(500);
        assertThat(sum.flows(10_000)).hasSizeLessThanOrEqualTo(501);
        assertThat(sum.flows(10_000).stream().mapToLong(Flow::calls).sum()).isEqualTo(5_000);
    }
}
