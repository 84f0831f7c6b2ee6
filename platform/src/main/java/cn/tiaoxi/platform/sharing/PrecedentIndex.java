package cn.tiaoxi.platform.sharing;

import cn.tiaoxi.platform.duplicate.Aspect;
import cn.tiaoxi.platform.duplicate.DuplicateIndex;
import cn.tiaoxi.platform.duplicate.Subject;
import cn.tiaoxi.platform.duplicate.Synonyms;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * The words of all requests that were not withdrawn, to find those that a new one is like. Read
 * from the database when it is first asked, and kept up to date after each commit.
 */
@Component
class PrecedentIndex {
    static final String PURPOSE = "purpose";
    static final String MATTER = "matter";
    static final String DATASET = "dataset";
    static final String FIELDS = "fields";
    static final String ORGANISATION = "organisation";

    /** What a request is for counts more than what it asks for: many ask for one dataset. */
    private static final List<Aspect> ASPECTS =
            List.of(
                    new Aspect(PURPOSE, Aspect.Form.WORDS, 4),
                    new Aspect(MATTER, Aspect.Form.WORDS, 2),
                    new Aspect(DATASET, Aspect.Form.VALUES, 2),
                    new Aspect(FIELDS, Aspect.Form.VALUES, 1),
                    new Aspect(ORGANISATION, Aspect.Form.ORGANISATION, 1));

    private final PrecedentStore store;
    private final Synonyms synonyms;

    // Guarded by this, so that a change either is read with the others or comes after them.
    private @Nullable DuplicateIndex index;

    PrecedentIndex(PrecedentStore store, Synonyms synonyms) {
        this.store = store;
        this.synonyms = synonyms;
    }

    static Subject subject(
            String dataset,
            String organisation,
            List<String> fields,
            String purpose,
            String matter) {
        return new Subject(
                Map.of(
                        PURPOSE, List.of(purpose),
                        MATTER, List.of(matter),
                        DATASET, List.of(dataset),
                        FIELDS, fields,
                        ORGANISATION, List.of(organisation)));
    }

    private static Subject subject(Precedents.Past past) {
        return subject(
                past.dataset(), past.organisation(), past.fields(), past.purpose(), past.matter());
    }

    /**
     * The requests that a new one is most like.
     *
     * @param except one that is not to be found, since it is the same; or null
     * @param found takes every request that was read, by identifier
     */
    List<DuplicateIndex.Match> nearest(
            Subject proposal, @Nullable UUID except, int limit, Map<UUID, Precedents.Past> found) {
        return index().nearest(proposal, except, limit, 0, ids -> read(ids, found));
    }

    private Map<UUID, Subject> read(Collection<UUID> ids, Map<UUID, Precedents.Past> found) {
        Map<UUID, Subject> subjects = new HashMap<>();
        for (Precedents.Past past : store.all(ids)) {
            UUID id = UUID.fromString(past.id());
            found.put(id, past);
            subjects.put(id, subject(past));
        }
        return subjects;
    }

    private synchronized DuplicateIndex index() {
        DuplicateIndex kept = index;
        if (kept == null) {
            DuplicateIndex made = new DuplicateIndex(ASPECTS, synonyms);
            store.each(past -> made.put(UUID.fromString(past.id()), subject(past)));
            index = made;
            return made;
        }
        return kept;
    }

    @TransactionalEventListener
    synchronized void changed(RequestChanged event) {
        DuplicateIndex kept = index;
        if (kept == null) {
            return;
        }
        UUID id = UUID.fromString(event.id());
        RequestBody body = event.body();
        if (body == null) {
            kept.remove(id);
        } else {
            kept.put(
                    id,
                    subject(
                            event.dataset(),
                            event.organisation(),
                            body.fields(),
                            body.purpose(),
                            body.matter()));
        }
    }
}
