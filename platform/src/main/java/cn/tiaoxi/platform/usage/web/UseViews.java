package cn.tiaoxi.platform.usage.web;

import cn.tiaoxi.platform.border.Words;
import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.usage.GrantUse;
import cn.tiaoxi.platform.usage.Standing;
import cn.tiaoxi.platform.usage.UseDay;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The use of grants as it stands in answers. */
@Component
class UseViews {
    private final Organisations organisations;

    UseViews(Organisations organisations) {
        this.organisations = organisations;
    }

    /** Something with a title. */
    record Named(String id, String name) {}

    /** Why something does not count, in the language of the request. */
    record ReasonView(String rule, String text, String plan, int days) {
        static ReasonView from(UseDay.Reason reason) {
            return new ReasonView(
                    reason.rule(),
                    new Words(reason.zh(), reason.en()).shown(),
                    reason.plan(),
                    reason.days());
        }
    }

    /** A day of calls. */
    record DayView(
            LocalDate day,
            long answered,
            long refused,
            long empty,
            long rows,
            long subjects,
            long withMatter,
            long inHours,
            int addresses,
            int keys,
            List<String> matters,
            List<Long> hours,
            UseDay.Verdict verdict,
            List<ReasonView> reasons) {
        static DayView from(UseDay day) {
            return new DayView(
                    day.day(),
                    day.answered(),
                    day.refused(),
                    day.empty(),
                    day.rows(),
                    day.subjects(),
                    day.withMatter(),
                    day.inHours(),
                    day.addresses(),
                    day.keys(),
                    day.matters(),
                    day.hours(),
                    day.verdict(),
                    UseViews.reasons(day.reasons()));
        }
    }

    /** The sums over the window. */
    record StandingView(
            LocalDate asOf,
            int plausibleDays,
            int implausibleDays,
            long answered,
            long subjects,
            boolean effective,
            @Nullable LocalDate lastPlausible,
            @Nullable Instant lastAnswered,
            List<ReasonView> reasons) {
        static @Nullable StandingView from(@Nullable Standing standing) {
            return standing == null
                    ? null
                    : new StandingView(
                            standing.asOf(),
                            standing.plausibleDays(),
                            standing.implausibleDays(),
                            standing.answered(),
                            standing.subjects(),
                            standing.effective(),
                            standing.lastPlausible(),
                            standing.lastAnswered(),
                            UseViews.reasons(standing.reasons()));
        }
    }

    /** A row of the list of use. */
    record GrantUseView(
            String id,
            Named application,
            @com.fasterxml.jackson.annotation.JsonProperty("interface") Named lookup,
            Organisations.Named organisation,
            Organisations.Named owner,
            String state,
            Instant validUntil,
            int plausibleDays,
            int implausibleDays,
            long answered,
            long subjects,
            boolean effective,
            @Nullable LocalDate lastPlausible,
            @Nullable Instant lastAnswered,
            List<ReasonView> reasons,
            @Nullable String reclaim,
            @Nullable LocalDate exempted) {}

    GrantUseView row(GrantUse use) {
        return new GrantUseView(
                use.grant(),
                new Named(use.application(), use.applicationName()),
                new Named(use.interfaceId(), use.interfaceName()),
                organisations.named(use.organisation()),
                organisations.named(use.owner()),
                use.state(),
                use.validUntil(),
                use.plausibleDays(),
                use.implausibleDays(),
                use.answered(),
                use.subjects(),
                use.effective(),
                use.lastPlausible(),
                use.lastAnswered(),
                reasons(use.reasons()),
                use.reclaim(),
                use.exempted());
    }

    static List<ReasonView> reasons(List<UseDay.Reason> reasons) {
        return reasons.stream().map(ReasonView::from).toList();
    }
}
