package cn.tiaoxi.platform.sharing.web;

import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.duplicate.Aspect;
import cn.tiaoxi.platform.duplicate.Duplicates;
import cn.tiaoxi.platform.duplicate.Likeness;
import cn.tiaoxi.platform.duplicate.ReasonViews;
import cn.tiaoxi.platform.identity.Access;
import cn.tiaoxi.platform.ledger.Entry;
import cn.tiaoxi.platform.ledger.Ledger;
import cn.tiaoxi.platform.ledger.LedgerType;
import cn.tiaoxi.platform.sharing.Interfaces;
import cn.tiaoxi.platform.sharing.Precedents;
import cn.tiaoxi.platform.sharing.Request;
import cn.tiaoxi.platform.sharing.ServedField;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** What a request that is being written is like, as it stands in answers. */
@Component
class PrecedentViews {
    private final Interfaces interfaces;
    private final Ledger ledger;
    private final Organisations organisations;
    private final ReasonViews reasons;
    private final MessageSource messages;
    private final Access access;

    PrecedentViews(
            Interfaces interfaces,
            Ledger ledger,
            Organisations organisations,
            ReasonViews reasons,
            MessageSource messages,
            Access access) {
        this.interfaces = interfaces;
        this.ledger = ledger;
        this.organisations = organisations;
        this.reasons = reasons;
        this.messages = messages;
        this.access = access;
    }

    /** Another dataset like the one asked for. */
    record LikeDatasetView(
            String id,
            String code,
            String title,
            Organisations.Named organisation,
            String state,
            String stateName,
            String link,
            double score,
            boolean alarm,
            List<ReasonViews.ReasonView> reasons) {}

    /** A request like the one being written. */
    record LikeRequestView(
            String id,
            String number,
            Request.State state,
            Named dataset,
            Organisations.Named organisation,
            String purpose,
            Instant created,
            String link,
            double score,
            boolean alarm,
            List<ReasonViews.ReasonView> reasons) {}

    /** Both, the likest first. */
    record PrecedentsView(List<LikeDatasetView> datasets, List<LikeRequestView> requests) {}

    PrecedentsView view(
            Precedents.Draft draft,
            List<Duplicates.Similar> datasets,
            List<Precedents.Like> requests,
            Locale locale) {
        Map<String, String> labels =
                interfaces.get(draft.interfaceId()).fields().stream()
                        .collect(Collectors.toMap(ServedField::name, ServedField::label));
        return new PrecedentsView(
                datasets.stream().map(this::view).toList(),
                requests.stream().map(like -> view(like, labels, locale)).toList());
    }

    private LikeDatasetView view(Duplicates.Similar similar) {
        Entry entry = similar.entry();
        LedgerType type = ledger.type(entry.type());
        return new LikeDatasetView(
                entry.id(),
                entry.code(),
                entry.title(),
                organisations.named(entry.organisation()),
                entry.state(),
                type.stateName(entry.state()),
                ledger.link(entry),
                ReasonViews.rounded(similar.score()),
                similar.alarm(),
                reasons.of(access.actor(), type, similar));
    }

    private LikeRequestView view(Precedents.Like like, Map<String, String> labels, Locale locale) {
        Precedents.Past past = like.past();
        return new LikeRequestView(
                past.id(),
                past.number(),
                past.state(),
                new Named(past.dataset(), past.datasetTitle()),
                organisations.named(past.organisation()),
                past.purpose(),
                past.created(),
                "/requests/" + past.id(),
                ReasonViews.rounded(like.score()),
                like.alarm(),
                like.reasons().stream().map(r -> view(r, past, labels, locale)).toList());
    }

    private ReasonViews.ReasonView view(
            Likeness.Shared shared,
            Precedents.Past past,
            Map<String, String> labels,
            Locale locale) {
        Aspect aspect = shared.aspect();
        String field = aspect.field();
        ReasonViews.Kind kind =
                switch (aspect.form()) {
                    case WORDS -> ReasonViews.Kind.WORDS;
                    case VALUES -> ReasonViews.Kind.VALUES;
                    case ORGANISATION -> ReasonViews.Kind.ORGANISATION;
                };
        List<String> words =
                switch (field) {
                    case "dataset" -> List.of(past.datasetTitle());
                    case "organisation" -> List.of(organisations.name(past.organisation()));
                    case "fields" ->
                            shared.words().stream().map(w -> labels.getOrDefault(w, w)).toList();
                    default -> shared.words();
                };
        return new ReasonViews.ReasonView(
                kind,
                field,
                messages.getMessage("sharing.column." + field, null, locale),
                words,
                ReasonViews.rounded(shared.share()));
    }
}
