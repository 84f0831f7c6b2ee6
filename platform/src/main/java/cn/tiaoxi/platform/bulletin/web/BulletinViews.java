package cn.tiaoxi.platform.bulletin.web;

import cn.tiaoxi.platform.border.Allowed;
import cn.tiaoxi.platform.border.Words;
import cn.tiaoxi.platform.bulletin.Bulletin;
import cn.tiaoxi.platform.bulletin.Bulletins;
import cn.tiaoxi.platform.bulletin.Figures;
import cn.tiaoxi.platform.bulletin.Rate;
import cn.tiaoxi.platform.identity.Access;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Bulletins and their figures as they stand in answers. */
@Component
class BulletinViews {
    private final Bulletins bulletins;
    private final Access access;

    BulletinViews(Bulletins bulletins, Access access) {
        this.bulletins = bulletins;
        this.access = access;
    }

    /** A rate; share and score are between 0 and 1. */
    record RateView(long entries, long standardised, double share, double score) {
        static RateView from(Rate rate) {
            return new RateView(rate.entries(), rate.standardised(), rate.share(), rate.mean());
        }

        static @Nullable RateView orNull(@Nullable Rate rate) {
            return rate == null ? null : from(rate);
        }
    }

    /** One ledger. */
    record LedgerRateView(
            String type, String name, RateView own, @Nullable Double change, RateView city) {}

    /** A rule that entries break. */
    record BrokenRuleView(
            String type, String ledger, String rule, String name, String mend, long failed) {}

    /** An entry with findings. */
    record WorstEntryView(
            String type,
            String ledger,
            String id,
            String code,
            String title,
            String link,
            int findings,
            double score,
            List<String> messages) {}

    /** A month of the trend, as yyyy-MM. */
    record PointView(String month, @Nullable RateView own, @Nullable RateView city) {}

    /** What a letter, or the bulletin of the city, says. */
    record FiguresView(
            LocalDate day,
            RateView own,
            @Nullable Double change,
            RateView city,
            List<LedgerRateView> ledgers,
            List<BrokenRuleView> rules,
            List<WorstEntryView> worst,
            List<PointView> trend) {}

    /** A bulletin; rows of lists leave out the figures. */
    record BulletinView(
            String month,
            String title,
            Bulletin.State state,
            Bulletin.Counts counts,
            RateView city,
            @Nullable Double change,
            String word,
            List<String> leftOut,
            Instant made,
            @Nullable String madeBy,
            @Nullable Instant sent,
            @Nullable String sentBy,
            String sha256,
            @Nullable FiguresView figures,
            List<Allowed> allowed,
            long version) {}

    BulletinView row(Bulletin.Counted counted) {
        return view(counted, null);
    }

    BulletinView whole(Bulletin.Counted counted) {
        return view(counted, figures(counted.bulletin().figures()));
    }

    private BulletinView view(Bulletin.Counted counted, @Nullable FiguresView figures) {
        Bulletin bulletin = counted.bulletin();
        Figures city = bulletin.figures();
        return new BulletinView(
                bulletin.month().toString(),
                bulletins.title(bulletin.month()).shown(),
                bulletin.state(),
                counted.counts(),
                RateView.from(city.own()),
                Figures.change(city.own(), city.before()),
                bulletin.word(),
                figures == null ? List.of() : bulletins.leftOut(bulletin),
                bulletin.made(),
                bulletin.madeBy().equals("system") ? null : bulletin.madeByName(),
                bulletin.sent(),
                bulletin.sentByName(),
                bulletin.sha256(),
                figures,
                allowed(bulletin),
                bulletin.version());
    }

    private List<Allowed> allowed(Bulletin bulletin) {
        String obstacle =
                access.actor().may("bulletin:send")
                        ? Allowed.unless(bulletin.state() == Bulletin.State.DRAFT, "BULLETIN_SENT")
                        : "PERMISSION_MISSING";
        return List.of(Allowed.of("change", obstacle), Allowed.of("send", obstacle));
    }

    FiguresView figures(Figures figures) {
        return new FiguresView(
                figures.day(),
                RateView.from(figures.own()),
                Figures.change(figures.own(), figures.before()),
                RateView.from(figures.city()),
                figures.ledgers().stream().map(BulletinViews::view).toList(),
                figures.rules().stream().map(BulletinViews::view).toList(),
                figures.worst().stream().map(BulletinViews::view).toList(),
                figures.trend().stream()
                        .map(
                                p ->
                                        new PointView(
                                                p.month().toString(),
                                                RateView.orNull(p.own()),
                                                RateView.orNull(p.city())))
                        .toList());
    }

    private static LedgerRateView view(Figures.OfLedger ledger) {
        return new LedgerRateView(
                ledger.type(),
                ledger.name().shown(),
                RateView.from(ledger.own()),
                Figures.change(ledger.own(), ledger.before()),
                RateView.from(ledger.city()));
    }

    private static BrokenRuleView view(Figures.BrokenRule rule) {
        return new BrokenRuleView(
                rule.type(),
                rule.ledger().shown(),
                rule.rule(),
                rule.name().shown(),
                rule.mend().shown(),
                rule.failed());
    }

    private static WorstEntryView view(Figures.WorstEntry entry) {
        return new WorstEntryView(
                entry.type(),
                entry.ledger().shown(),
                entry.id(),
                entry.code(),
                entry.title(),
                entry.link(),
                entry.findings(),
                entry.score(),
                entry.messages().stream().map(Words::shown).toList());
    }
}
