package cn.tiaoxi.platform.ledger.web;

import cn.tiaoxi.platform.city.City;
import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.identity.Access;
import cn.tiaoxi.platform.identity.Actor;
import cn.tiaoxi.platform.identity.Permission;
import cn.tiaoxi.platform.ledger.Ledger;
import cn.tiaoxi.platform.ledger.LedgerType;
import cn.tiaoxi.platform.ledger.Rates;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** How standardised the ledgers are. */
@RestController
@RequestMapping("/api/v1/ledgers/rates")
class RateController {
    private static final int TREND_DAYS = 365;

    private final Rates rates;
    private final Ledger ledger;
    private final Organisations organisations;
    private final City city;
    private final Access access;
    private final Clock clock;

    RateController(
            Rates rates,
            Ledger ledger,
            Organisations organisations,
            City city,
            Access access,
            Clock clock) {
        this.rates = rates;
        this.ledger = ledger;
        this.organisations = organisations;
        this.city = city;
        this.access = access;
        this.clock = clock;
    }

    /** A rate of a ledger or an organisation. */
    record RateView(
            String code,
            String name,
            long entries,
            long standardised,
            @Nullable Double rate,
            @Nullable Double score) {}

    /** How often a rule is broken. */
    record RuleView(
            String type, String typeName, String rule, String name, long failed, long entries) {}

    /** A day of the trend. */
    record DayView(LocalDate day, @Nullable Double rate, @Nullable Double score, long entries) {}

    /** All of it. */
    record Report(
            RateView whole,
            List<RateView> types,
            List<RateView> organisations,
            List<RuleView> rules,
            List<DayView> trend) {}

    @GetMapping
    @Permission("ledger:read")
    Report report(
            @RequestParam(defaultValue = "") String type,
            @RequestParam(defaultValue = "") String organisation) {
        Actor actor = access.actor();
        Set<String> within = within(actor, organisation);
        Map<String, LedgerType> types = new LinkedHashMap<>();
        ledger.types().stream()
                .filter(t -> type.isEmpty() || t.id().equals(type))
                .filter(t -> actor.may(t.readPermission()))
                .forEach(t -> types.put(t.id(), t));
        List<Rates.Rate> all =
                rates.now().stream()
                        .filter(r -> types.containsKey(r.type()))
                        .filter(r -> within.isEmpty() || within.contains(r.organisation()))
                        .toList();
        return new Report(
                sum("", "", all),
                grouped(all, Rates.Rate::type, t -> name(types, t)),
                grouped(all, Rates.Rate::organisation, organisations::name),
                rules(types, within, all),
                trend(type, within));
    }

    private Set<String> within(Actor actor, String organisation) {
        Set<String> reach = actor.reach("ledger:read");
        if (organisation.isEmpty()) {
            return reach;
        }
        Set<String> wanted = new HashSet<>(organisations.within(organisation));
        if (!reach.isEmpty()) {
            wanted.retainAll(reach);
        }
        if (wanted.isEmpty()) {
            access.require("ledger:read", organisation);
            wanted.add(organisation);
        }
        return wanted;
    }

    private static String name(Map<String, LedgerType> types, String id) {
        LedgerType type = types.get(id);
        return type == null ? id : type.name().shown();
    }

    private static List<RateView> grouped(
            List<Rates.Rate> all, Function<Rates.Rate, String> key, Function<String, String> name) {
        Map<String, java.util.ArrayList<Rates.Rate>> groups = new LinkedHashMap<>();
        for (Rates.Rate rate : all) {
            groups.computeIfAbsent(key.apply(rate), k -> new java.util.ArrayList<>()).add(rate);
        }
        return groups.entrySet().stream()
                .map(g -> sum(g.getKey(), name.apply(g.getKey()), g.getValue()))
                .sorted(Comparator.comparingLong(RateView::entries).reversed())
                .toList();
    }

    private static RateView sum(String code, String name, Collection<Rates.Rate> rates) {
        long entries = 0;
        long standardised = 0;
        double score = 0;
        for (Rates.Rate rate : rates) {
            entries += rate.entries();
            standardised += rate.standardised();
            score += rate.score();
        }
        return new RateView(
                code,
                name,
                entries,
                standardised,
                entries == 0 ? null : (double) standardised / entries,
                entries == 0 ? null : score / entries);
    }

    private List<RuleView> rules(
            Map<String, LedgerType> types, Set<String> within, List<Rates.Rate> all) {
        Map<String, Long> entries = new HashMap<>();
        all.forEach(r -> entries.merge(r.type(), r.entries(), Long::sum));
        Map<List<String>, Long> failed = new LinkedHashMap<>();
        rates.rulesNow().stream()
                .filter(r -> types.containsKey(r.type()))
                .filter(r -> within.isEmpty() || within.contains(r.organisation()))
                .forEach(r -> failed.merge(List.of(r.type(), r.rule()), r.failed(), Long::sum));
        return failed.entrySet().stream()
                .map(
                        f -> {
                            String type = f.getKey().get(0);
                            String rule = f.getKey().get(1);
                            return new RuleView(
                                    type,
                                    name(types, type),
                                    rule,
                                    ledger.ruleName(type, rule).shown(),
                                    f.getValue(),
                                    entries.getOrDefault(type, 0L));
                        })
                .sorted(Comparator.comparingLong(RuleView::failed).reversed())
                .toList();
    }

    private List<DayView> trend(String type, Set<String> within) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), city.zone());
        return rates.trend(type, within, today.minusDays(TREND_DAYS)).stream()
                .map(
                        d ->
                                new DayView(
                                        d.day(),
                                        d.entries() == 0
                                                ? null
                                                : (double) d.standardised() / d.entries(),
                                        d.entries() == 0 ? null : d.score() / d.entries(),
                                        d.entries()))
                .toList();
    }
}
