package cn.tiaoxi.platform.sharing;

import cn.tiaoxi.platform.border.Identifiers;
import cn.tiaoxi.platform.duplicate.DuplicateIndex;
import cn.tiaoxi.platform.duplicate.Duplicates;
import cn.tiaoxi.platform.duplicate.Likeness;
import cn.tiaoxi.platform.identity.Access;
import cn.tiaoxi.platform.identity.Actor;
import cn.tiaoxi.platform.ledger.Entry;
import cn.tiaoxi.platform.ledger.Ledger;
import cn.tiaoxi.platform.ledger.LedgerType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Answers what there already is like a request that is being written: other datasets like the one
 * asked for, and requests of which it may be a repetition. What the asker may not see is neither
 * given nor counted.
 */
@Service
public class Precedents {
    private static final String DATASET = "dataset";
    private static final int LIMIT = 5;

    /** So many are looked at for the few that the asker may see. */
    private static final int LOOKED_AT = 60;

    /** Requests below share some words and no more. */
    private static final double LEAST_SCORE = 0.1;

    private final PrecedentIndex index;
    private final PrecedentStore store;
    private final Interfaces interfaces;
    private final Applications applications;
    private final Duplicates duplicates;
    private final Ledger ledger;
    private final Access access;

    Precedents(
            PrecedentIndex index,
            PrecedentStore store,
            Interfaces interfaces,
            Applications applications,
            Duplicates duplicates,
            Ledger ledger,
            Access access) {
        this.index = index;
        this.store = store;
        this.interfaces = interfaces;
        this.applications = applications;
        this.duplicates = duplicates;
        this.ledger = ledger;
        this.access = access;
    }

    /**
     * A request as far as it is written.
     *
     * @param request identifier of the returned request that is being mended, or null
     * @param application identifier of the application that asks, or empty
     */
    public record Draft(
            String interfaceId,
            @Nullable String request,
            String application,
            List<String> fields,
            String purpose,
            String matter) {}

    /** A request of before. */
    public record Past(
            String id,
            String number,
            Request.State state,
            String dataset,
            String datasetTitle,
            String organisation,
            String owner,
            String applicant,
            List<String> fields,
            String purpose,
            String matter,
            Instant created) {}

    /**
     * A request that the draft is like.
     *
     * @param score 0 to 1
     * @param alarm whether it is so like that the draft may be a repetition
     */
    public record Like(Past past, double score, boolean alarm, List<Likeness.Shared> reasons) {}

    /** The catalogue's other datasets that are most like the one asked for, the likest first. */
    @Transactional(readOnly = true)
    public List<Duplicates.Similar> datasets(Draft draft) {
        Interface asked = interfaces.get(draft.interfaceId());
        LedgerType type = ledger.type(DATASET);
        Optional<Entry> entry =
                asked.dataset().isEmpty()
                        ? Optional.empty()
                        : ledger.find(DATASET, asked.dataset());
        if (entry.isEmpty() || !duplicates.compares(type)) {
            return List.of();
        }
        Actor actor = access.actor();
        return duplicates
                .nearest(
                        entry.get(),
                        e ->
                                actor.may("dataset:read", e.organisation())
                                        && actor.may(type.readPermission(), e.organisation()))
                .items();
    }

    /**
     * The requests that the draft is most like, the likest first; none before it says its purpose.
     */
    @Transactional(readOnly = true)
    public List<Like> requests(Draft draft) {
        Actor actor = access.actor();
        String organisation = actor.organisation();
        if (!draft.application().isEmpty()) {
            organisation = applications.found(draft.application()).organisation();
            access.require("request:create", organisation);
        }
        Interface asked = interfaces.get(draft.interfaceId());
        if (draft.purpose().isBlank()) {
            return List.of();
        }
        String mended = draft.request();
        UUID except =
                mended == null || !Identifiers.isIdentifier(mended)
                        ? null
                        : UUID.fromString(mended);
        Map<UUID, Past> read = new HashMap<>();
        List<Like> likes = new ArrayList<>();
        for (DuplicateIndex.Match match :
                index.nearest(
                        PrecedentIndex.subject(
                                asked.dataset(),
                                organisation,
                                draft.fields(),
                                draft.purpose(),
                                draft.matter()),
                        except,
                        LOOKED_AT,
                        read)) {
            Past past = read.get(match.id());
            double score = match.likeness().score();
            if (past != null
                    && score >= LEAST_SCORE
                    && likes.size() < LIMIT
                    && visible(actor, past)) {
                likes.add(
                        new Like(
                                past,
                                score,
                                score >= duplicates.threshold(),
                                match.likeness().shared()));
            }
        }
        return likes;
    }

    /** Decided requests for the dataset that a request asks for, the likest purposes first. */
    @Transactional(readOnly = true)
    public List<Request.Similar> decided(Request request) {
        Actor actor = access.actor();
        Set<String> within = Set.of();
        if (!actor.may("request:read", request.owner())) {
            within =
                    actor.may("request:read")
                            ? actor.reach("request:read")
                            : Set.of(actor.organisation());
        }
        return store.decided(request, actor.username(), within);
    }

    private static boolean visible(Actor actor, Past past) {
        return Requests.visible(actor, past.applicant(), past.organisation(), past.owner());
    }
}
