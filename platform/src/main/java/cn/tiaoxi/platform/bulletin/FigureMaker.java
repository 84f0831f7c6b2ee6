package cn.tiaoxi.platform.bulletin;

import cn.tiaoxi.platform.border.Words;
import cn.tiaoxi.platform.city.City;
import cn.tiaoxi.platform.city.Organisation;
import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.ledger.Entry;
import cn.tiaoxi.platform.ledger.FindingInWords;
import cn.tiaoxi.platform.ledger.Ledger;
import cn.tiaoxi.platform.ledger.LedgerType;
import cn.tiaoxi.platform.ledger.Rates;
import cn.tiaoxi.platform.rule.Rule;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Works out what a bulletin says. A past month is told by the rates that were kept on its last day,
 * the present one by those of this moment; entries, and how to mend them, are always those of this
 * moment, since it is now that they can be mended.
 */
@Component
class FigureMaker {
    private static final String EVERYBODYS = "ledger:read";
    private static final int MESSAGES = 3;

    private final RateReader reader;
    private final Rates rates;
    private final Ledger ledger;
    private final Organisations organisations;
    private final BulletinSettings settings;
    private final Covers covers;
    private final City city;
    private final Clock clock;

    FigureMaker(
            RateReader reader,
            Rates rates,
            Ledger ledger,
            Organisations organisations,
            BulletinSettings settings,
            Covers covers,
            City city,
            Clock clock) {
        this.reader = reader;
        this.rates = rates;
        this.ledger = ledger;
        this.organisations = organisations;
        this.settings = settings;
        this.covers = covers;
        this.city = city;
        this.clock = clock;
    }

    /** What is told to one organisation, and its place among those of its kind. */
    record ForOrganisation(Organisation organisation, int place, int places, Figures figures) {}

    /** What is told to the city and to each organisation that has entries. */
    record Whole(Figures city, List<ForOrganisation> letters) {}

    /** Rates by organisation and ledger. */
    private record Snapshot(LocalDate day, Map<String, Map<String, Rate>> byOrganisation) {
        static Snapshot of(LocalDate day, List<RateReader.Cell> cells) {
            Map<String, Map<String, Rate>> all = new TreeMap<>();
            cells.forEach(
                    c ->
                            all.computeIfAbsent(c.organisation(), o -> new HashMap<>())
                                    .put(c.type(), c.rate()));
            return new Snapshot(day, all);
        }

        Map<String, Rate> of(String organisation) {
            return byOrganisation.getOrDefault(organisation, Map.of());
        }

        Map<String, Rate> ofCity() {
            Map<String, Rate> sums = new HashMap<>();
            byOrganisation.values().forEach(m -> m.forEach((t, r) -> sums.merge(t, r, Rate::plus)));
            return sums;
        }
    }

    private static Rate sum(Map<String, Rate> rates) {
        return rates.values().stream().reduce(Rate.NONE, Rate::plus);
    }

    /**
     * The figures of a month.
     *
     * @throws BulletinException if the month has not begun, or nothing was kept in it
     */
    Whole figures(YearMonth month) {
        YearMonth present = YearMonth.from(clock.instant().atZone(city.zone()));
        if (month.isAfter(present)) {
            throw BulletinException.monthAhead(month);
        }
        Snapshot now = snapshot(month, month.equals(present));
        if (now.byOrganisation().isEmpty()) {
            throw BulletinException.noFigures(month);
        }
        return new Making(month, now, kept(month.minusMonths(1)), month.equals(present)).whole();
    }

    /** Whether there is something to tell about a month that is over. */
    boolean hasFigures(YearMonth month) {
        return reader.lastDay(month).isPresent();
    }

    private Snapshot snapshot(YearMonth month, boolean present) {
        if (present) {
            LocalDate today = clock.instant().atZone(city.zone()).toLocalDate();
            return Snapshot.of(today, ratesNow());
        }
        return kept(month).orElseThrow(() -> BulletinException.noFigures(month));
    }

    private List<RateReader.Cell> ratesNow() {
        return rates.now().stream()
                .filter(r -> settings.counts(r.type()))
                .map(
                        r ->
                                new RateReader.Cell(
                                        r.type(),
                                        r.organisation(),
                                        new Rate(r.entries(), r.standardised(), r.score())))
                .toList();
    }

    private List<RateReader.Broken> brokenNow() {
        return rates.rulesNow().stream()
                .filter(r -> settings.counts(r.type()))
                .map(r -> new RateReader.Broken(r.type(), r.organisation(), r.rule(), r.failed()))
                .toList();
    }

    private Optional<Snapshot> kept(YearMonth month) {
        return reader.lastDay(month).map(d -> Snapshot.of(d, reader.rates(d, types())));
    }

    private List<String> types() {
        return ledger.types().stream().map(LedgerType::id).filter(settings::counts).toList();
    }

    /** The ledgers and states that count; of entries that are named, those everybody may read. */
    private List<RateReader.Counted> counted(boolean named) {
        List<RateReader.Counted> counted = new ArrayList<>();
        for (LedgerType type : ledger.types()) {
            if (settings.counts(type.id())
                    && (!named || type.readPermission().equals(EVERYBODYS))) {
                type.states().stream()
                        .filter(s -> !s.isEnd())
                        .forEach(s -> counted.add(new RateReader.Counted(type.id(), s.id())));
            }
        }
        return counted;
    }

    /** One making of a bulletin. */
    private final class Making {
        private final YearMonth month;
        private final Snapshot now;
        private final Optional<Snapshot> before;
        private final Map<String, Rate> cityRates;
        private final Rate citySum;
        private final Map<YearMonth, Map<String, Rate>> trend;
        private final Map<String, List<RateReader.Broken>> broken = new HashMap<>();
        private final Map<String, RateReader.Place> examples = new HashMap<>();
        private final Map<String, List<RateReader.Place>> worst = new HashMap<>();

        private Making(YearMonth month, Snapshot now, Optional<Snapshot> before, boolean present) {
            this.month = month;
            this.now = now;
            this.before = before;
            this.cityRates = now.ofCity();
            this.citySum = sum(cityRates);
            this.trend = reader.trend(month.minusMonths(settings.months() - 1L), month, types());
            (present ? brokenNow() : reader.broken(now.day(), types()))
                    .forEach(
                            b ->
                                    broken.computeIfAbsent(b.organisation(), o -> new ArrayList<>())
                                            .add(b));
            reader.examples(counted(false))
                    .forEach(p -> examples.put(key(p.organisation(), p.type(), p.rule()), p));
            reader.worst(counted(true), settings.worst())
                    .forEach(
                            p ->
                                    worst.computeIfAbsent(p.organisation(), o -> new ArrayList<>())
                                            .add(p));
        }

        private static String key(String organisation, String type, String rule) {
            return organisation + " " + type + " " + rule;
        }

        private Whole whole() {
            Figures ofCity =
                    new Figures(
                            month,
                            now.day(),
                            city.name(),
                            citySum,
                            before.map(b -> sum(b.ofCity())).orElse(null),
                            citySum,
                            ledgers(cityRates, before.map(Snapshot::ofCity).orElse(Map.of())),
                            rules(ofAll(), ""),
                            List.of(),
                            trend(null),
                            null);
            List<ForOrganisation> letters = new ArrayList<>();
            Map<Organisation.Kind, List<Organisation>> kinds = new LinkedHashMap<>();
            for (String code : now.byOrganisation().keySet()) {
                organisations
                        .find(code)
                        .ifPresent(
                                o ->
                                        kinds.computeIfAbsent(o.kind(), k -> new ArrayList<>())
                                                .add(o));
            }
            kinds.values()
                    .forEach(k -> k.forEach(o -> letters.add(letter(o, place(o, k), k.size()))));
            return new Whole(ofCity, letters);
        }

        /**
         * One more than those of its kind whose rate, or at the same rate whose score, is higher.
         */
        private int place(Organisation one, List<Organisation> kind) {
            Comparator<Organisation> order =
                    Comparator.comparingDouble((Organisation o) -> sum(now.of(o.code())).share())
                            .thenComparingDouble(o -> sum(now.of(o.code())).mean());
            return 1 + (int) kind.stream().filter(o -> order.compare(o, one) > 0).count();
        }

        private ForOrganisation letter(Organisation organisation, int place, int places) {
            String code = organisation.code();
            Rate own = sum(now.of(code));
            Map<String, Rate> earlier = before.map(b -> b.of(code)).orElse(Map.of());
            Figures figures =
                    new Figures(
                            month,
                            now.day(),
                            organisation.name(),
                            own,
                            earlier.isEmpty() ? null : sum(earlier),
                            citySum,
                            ledgers(now.of(code), earlier),
                            rules(broken.getOrDefault(code, List.of()), code),
                            worst.getOrDefault(code, List.of()).stream()
                                    .flatMap(p -> worst(p).stream())
                                    .toList(),
                            trend(code),
                            covers.cover(month, organisation, own, citySum, place, places));
            return new ForOrganisation(organisation, place, places, figures);
        }

        /** In the order in which the ledgers stand; those without entries are left out. */
        private List<Figures.OfLedger> ledgers(Map<String, Rate> own, Map<String, Rate> earlier) {
            return ledger.types().stream()
                    .filter(t -> own.containsKey(t.id()))
                    .map(
                            t ->
                                    new Figures.OfLedger(
                                            t.id(),
                                            t.name(),
                                            own.getOrDefault(t.id(), Rate.NONE),
                                            earlier.get(t.id()),
                                            cityRates.getOrDefault(t.id(), Rate.NONE)))
                    .toList();
        }

        private List<RateReader.Broken> ofAll() {
            Map<String, RateReader.Broken> sums = new TreeMap<>();
            broken.values()
                    .forEach(
                            all ->
                                    all.forEach(
                                            b ->
                                                    sums.merge(
                                                            key("", b.type(), b.rule()),
                                                            b,
                                                            (x, y) ->
                                                                    new RateReader.Broken(
                                                                            x.type(),
                                                                            x.organisation(),
                                                                            x.rule(),
                                                                            x.failed()
                                                                                    + y
                                                                                            .failed()))));
            return List.copyOf(sums.values());
        }

        private List<Figures.BrokenRule> rules(List<RateReader.Broken> all, String organisation) {
            return all.stream()
                    .filter(b -> settings.shows(b.rule()))
                    .sorted(
                            Comparator.comparingLong(RateReader.Broken::failed)
                                    .reversed()
                                    .thenComparing(RateReader.Broken::type)
                                    .thenComparing(RateReader.Broken::rule))
                    .limit(settings.mostRules())
                    .map(b -> rule(b, organisation.isEmpty() ? b.organisation() : organisation))
                    .toList();
        }

        private Figures.BrokenRule rule(RateReader.Broken broken, String organisation) {
            LedgerType type = ledger.type(broken.type());
            Words named =
                    type.rules().stream()
                            .filter(r -> r.id().equals(broken.rule()))
                            .findFirst()
                            .map(Rule.Entry::name)
                            .orElse(new Words(broken.rule(), broken.rule()));
            Optional<FindingInWords> example =
                    Optional.ofNullable(
                                    examples.get(key(organisation, broken.type(), broken.rule())))
                            .flatMap(p -> ledger.find(p.type(), p.id()))
                            .flatMap(e -> finding(e, broken.rule()));
            return new Figures.BrokenRule(
                    broken.type(),
                    type.name(),
                    broken.rule(),
                    example.map(FindingInWords::name).orElse(named),
                    example.map(FindingInWords::mend).orElse(new Words("", "")),
                    broken.failed());
        }

        private Optional<FindingInWords> finding(Entry entry, String rule) {
            return ledger.inWords(entry).stream()
                    .filter(f -> f.finding().rule().equals(rule))
                    .findFirst();
        }

        private Optional<Figures.WorstEntry> worst(RateReader.Place place) {
            return ledger.find(place.type(), place.id())
                    .map(
                            e ->
                                    new Figures.WorstEntry(
                                            e.type(),
                                            ledger.type(e.type()).name(),
                                            e.id(),
                                            e.code(),
                                            e.title(),
                                            ledger.link(e),
                                            e.open(),
                                            ledger.score(e),
                                            ledger.inWords(e).stream()
                                                    .limit(MESSAGES)
                                                    .map(FindingInWords::message)
                                                    .toList()));
        }

        /** Month by month; null asks for the city alone. */
        private List<Figures.Point> trend(@Nullable String organisation) {
            List<Figures.Point> points = new ArrayList<>();
            for (int back = settings.months() - 1; back > 0; back--) {
                YearMonth each = month.minusMonths(back);
                Map<String, Rate> kept = trend.getOrDefault(each, Map.of());
                Rate all = kept.isEmpty() ? null : sum(kept);
                points.add(
                        new Figures.Point(
                                each, organisation == null ? all : kept.get(organisation), all));
            }
            Rate own = organisation == null ? citySum : sum(now.of(organisation));
            points.add(new Figures.Point(month, own, citySum));
            return points;
        }
    }
}
