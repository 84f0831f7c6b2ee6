package cn.tiaoxi.platform.duplicate;

import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.identity.Actor;
import cn.tiaoxi.platform.ledger.Entry;
import cn.tiaoxi.platform.ledger.Ledger;
import cn.tiaoxi.platform.ledger.LedgerType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What entries share, in the asker's language. */
@Component
public class ReasonViews {
    private final Ledger ledger;
    private final Organisations organisations;

    ReasonViews(Ledger ledger, Organisations organisations) {
        this.ledger = ledger;
        this.organisations = organisations;
    }

    /** What is shared. */
    public enum Kind {
        TITLE,
        WORDS,
        VALUES,
        REFERENCES,
        ORGANISATION
    }

    /**
     * A reason in an answer.
     *
     * @param words words, or names of codes, organisations and entries
     * @param share which part of the score is due to it, 0 to 1
     */
    public record ReasonView(
            Kind kind, String field, String fieldName, List<String> words, double share) {}

    /** Why an entry was found; entries that the actor may not see are left out of the words. */
    public List<ReasonView> of(Actor actor, LedgerType type, Duplicates.Similar similar) {
        return of(
                actor,
                type,
                similar.reasons().stream()
                        .map(
                                s ->
                                        new DuplicatePair.Reason(
                                                s.aspect().field(), s.words(), s.share()))
                        .toList());
    }

    /** What two entries share; entries that the actor may not see are left out of the words. */
    public List<ReasonView> of(Actor actor, LedgerType type, List<DuplicatePair.Reason> reasons) {
        List<ReasonView> views = new ArrayList<>();
        for (DuplicatePair.Reason reason : reasons) {
            if (reason.field().equals(LedgerType.ORGANISATION)) {
                views.add(
                        new ReasonView(
                                Kind.ORGANISATION,
                                reason.field(),
                                "",
                                reason.words().stream().map(organisations::name).toList(),
                                rounded(reason.share())));
            } else {
                type.field(reason.field()).ifPresent(f -> views.add(view(actor, f, reason)));
            }
        }
        return views;
    }

    private ReasonView view(Actor actor, LedgerType.Field field, DuplicatePair.Reason reason) {
        Kind kind =
                switch (field.type()) {
                    case TEXT -> field.id().equals(LedgerType.TITLE) ? Kind.TITLE : Kind.WORDS;
                    case REFERENCE -> Kind.REFERENCES;
                    case NUMBER,
                            DATE,
                            BOOLEAN,
                            CODE,
                            DIVISION,
                            ORGANISATION,
                            PERSON,
                            FILE,
                            GEOMETRY ->
                            Kind.VALUES;
                };
        List<String> words =
                switch (field.type()) {
                    case CODE -> reason.words().stream().map(field::codeName).toList();
                    case ORGANISATION -> reason.words().stream().map(organisations::name).toList();
                    case REFERENCE -> titles(actor, field, reason.words());
                    case TEXT, NUMBER, DATE, BOOLEAN, DIVISION, PERSON, FILE, GEOMETRY ->
                            reason.words();
                };
        return new ReasonView(
                kind, field.id(), field.name().shown(), words, rounded(reason.share()));
    }

    private List<String> titles(Actor actor, LedgerType.Field field, List<String> ids) {
        String other = field.ledger();
        if (other == null) {
            return List.of();
        }
        String permission = ledger.type(other).readPermission();
        Map<String, Entry> entries = ledger.all(other, ids);
        List<String> titles = new ArrayList<>();
        for (String id : ids) {
            Entry entry = entries.get(id);
            if (entry != null && actor.may(permission, entry.organisation())) {
                titles.add(entry.title());
            }
        }
        return titles;
    }

    /** A score or share as answers give it, in thousandths. */
    public static double rounded(double value) {
        return Math.round(value * 1_000) / 1_000.0;
    }
}
