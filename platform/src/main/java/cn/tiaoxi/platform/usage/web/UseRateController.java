package cn.tiaoxi.platform.usage.web;

import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.identity.Permission;
import cn.tiaoxi.platform.usage.UsageTerms;
import cn.tiaoxi.platform.usage.UseRates;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** UseRates of effective sharing. */
@RestController
@RequestMapping("/api/v1/use/rates")
class UseRateController {
    private final UseRates rates;
    private final Organisations organisations;

    UseRateController(UseRates rates, Organisations organisations) {
        this.rates = rates;
        this.organisations = organisations;
    }

    /**
     * A rate.
     *
     * @param rate used over granted, null where nothing is granted
     */
    record RateView(
            String code,
            String name,
            long granted,
            long used,
            long doubtful,
            @Nullable Double rate) {}

    /** A rate as it was at the end of a day. */
    record DailyView(LocalDate day, long granted, long used, @Nullable Double rate) {}

    /** The rates of one kind with the city's, and the terms of their formula. */
    record RatesView(
            RateView city,
            List<RateView> rates,
            List<DailyView> trend,
            UsageTerms.Effective effective) {}

    /**
     * The rates of now and the trend of one of them.
     *
     * @param by {@code INTERFACE}, {@code RECEIVER} or {@code OWNER}
     * @param code whose trend is shown, the city's where none is named
     */
    @GetMapping
    @Permission("indicator:read")
    RatesView rates(
            @RequestParam(defaultValue = "RECEIVER") UseRates.Kind by,
            @RequestParam(defaultValue = "") String code) {
        List<RateView> city = rates.now(UseRates.Kind.CITY).stream().map(this::view).toList();
        return new RatesView(
                city.isEmpty() ? new RateView("", "", 0, 0, 0, null) : city.getFirst(),
                rates.now(by).stream().map(this::view).toList(),
                rates.trend(code.isEmpty() ? UseRates.Kind.CITY : by, code).stream()
                        .map(
                                d ->
                                        new DailyView(
                                                d.day(),
                                                d.granted(),
                                                d.used(),
                                                share(d.used(), d.granted())))
                        .toList(),
                rates.effective());
    }

    private RateView view(UseRates.Rate rate) {
        return new RateView(
                rate.code(),
                rate.name().isEmpty() ? organisations.name(rate.code()) : rate.name(),
                rate.granted(),
                rate.used(),
                rate.doubtful(),
                share(rate.used(), rate.granted()));
    }

    private static @Nullable Double share(long used, long granted) {
        return granted == 0 ? null : (double) used / granted;
    }
}
