package cn.tiaoxi.platform.indicator.web;

import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.identity.Permission;
import cn.tiaoxi.platform.indicator.Indicator;
import cn.tiaoxi.platform.indicator.Indicators;
import cn.tiaoxi.platform.indicator.Measure;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The city's numbers and the rows behind them. */
@RestController
@RequestMapping("/api/v1/indicators")
class IndicatorController {
    private final Indicators indicators;

    IndicatorController(Indicators indicators) {
        this.indicators = indicators;
    }

    /** A day's value in an answer. */
    record Point(LocalDate date, @Nullable Double value) {}

    /** An indicator in an answer. */
    record IndicatorView(
            String id,
            String name,
            String description,
            @Nullable Double value,
            @Nullable Double numerator,
            @Nullable Double denominator,
            Indicator.Unit unit,
            @Nullable Double target,
            Indicator.Direction direction,
            Indicator.Status status,
            String formula,
            Instant computed,
            List<Point> trend) {}

    /** A shown column in an answer. */
    record ColumnView(String name, String label, String type) {}

    /** The rows behind a number in an answer. */
    record RowsView(
            List<ColumnView> columns,
            List<Map<String, Object>> items,
            long total,
            @Nullable String next) {}

    @GetMapping
    @Permission("indicator:read")
    Map<String, List<IndicatorView>> all() {
        return Map.of("items", indicators.all().stream().map(this::view).toList());
    }

    @GetMapping("/{id}")
    @Permission("indicator:read")
    IndicatorView one(@PathVariable String id) {
        return view(indicators.get(id));
    }

    @GetMapping("/{id}/rows")
    @Permission("indicator:read")
    RowsView rows(@PathVariable String id, Slice slice) {
        Indicator indicator = indicators.get(id);
        Page<Map<String, Object>> page = indicators.rows(indicator, slice);
        return new RowsView(
                indicator.columns().stream()
                        .map(c -> new ColumnView(c.name(), c.label().shown(), c.type()))
                        .toList(),
                page.items(),
                page.total(),
                page.next());
    }

    private IndicatorView view(Indicator indicator) {
        Measure measure = indicators.measure(indicator);
        return new IndicatorView(
                indicator.id(),
                indicator.name().shown(),
                indicator.description().shown(),
                measure.value(),
                measure.numerator(),
                measure.denominator(),
                indicator.unit(),
                indicator.target(),
                indicator.direction(),
                indicator.status(measure.value()),
                indicator.formula().shown(),
                measure.computed(),
                indicators.trend(indicator).stream()
                        .map(m -> new Point(m.day(), m.value()))
                        .toList());
    }
}
