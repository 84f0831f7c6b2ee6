package cn.tiaoxi.platform.proof;

import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.evidence.Incidents;
import cn.tiaoxi.platform.evidence.Logs;
import cn.tiaoxi.platform.identity.Actor;
import cn.tiaoxi.platform.identity.IdentityException;
import cn.tiaoxi.trace.Hash;
import cn.tiaoxi.trace.TraceException;
import cn.tiaoxi.trace.TraceReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Answers what happened, to those who may know, with proofs for those who doubt. */
@Service
public class Proofs {
    static final String READ = "trace:read";

    private final ProofStore store;
    private final Logs logs;
    private final Incidents incidents;
    private final Organisations organisations;

    Proofs(ProofStore store, Logs logs, Incidents incidents, Organisations organisations) {
        this.store = store;
        this.logs = logs;
        this.incidents = incidents;
        this.organisations = organisations;
    }

    /**
     * A proof that a record is in its log, to be checked by anyone with the log's key.
     *
     * @param checkpoint text of the checkpoint: origin, size, root
     * @param path sibling hashes from the leaf up, lower-case hexadecimal (RFC 9162, section 2.1.3)
     * @param verified whether the path leads from the leaf to the checkpoint's root
     */
    public record Proof(
            String origin,
            long index,
            String leaf,
            String leafHash,
            List<String> path,
            String checkpoint,
            boolean verified) {
        public Proof {
            path = List.copyOf(path);
        }
    }

    /** Which records a list shows; empty text means no filter. */
    public record Search(
            Map<String, String> equal,
            String text,
            @Nullable Instant from,
            @Nullable Instant until) {
        public Search {
            equal = Map.copyOf(equal);
        }
    }

    /** Records within the actor's reach. */
    public Page<Happening> happenings(Actor actor, Search search, Slice slice) {
        return store.happenings(filter(actor, search), slice).map(this::placed);
    }

    /**
     * One record.
     *
     * @throws ProofException if there is none within the actor's reach
     */
    public Happening happening(Actor actor, String id) {
        return store.happening(id)
                .filter(h -> actor.may(READ, h.organisation()) || actor.may(READ, h.owner()))
                .map(this::placed)
                .orElseThrow(() -> ProofException.notFound(id));
    }

    /**
     * What belongs to a request: the call of that identifier, or what was done to a request for
     * data, the oldest first.
     *
     * @throws ProofException if there is nothing within the actor's reach
     */
    public List<Happening> ofRequest(Actor actor, String id) {
        List<Happening> found =
                store.ofRequest(id).stream()
                        .filter(
                                h ->
                                        actor.may(READ, h.organisation())
                                                || actor.may(READ, h.owner()))
                        .map(this::placed)
                        .toList();
        if (found.isEmpty()) {
            throw ProofException.notFound(id);
        }
        return found;
    }

    /** What was done to a thing, the oldest first: {@code kind:identifier}. */
    public List<Happening> doneTo(String object) {
        return store.doneTo(object).stream().map(this::placed).toList();
    }

    /** Calls within the actor's reach: of their own organisations, or on data of theirs. */
    public Page<Call> calls(Actor actor, Search search, Slice slice) {
        return store.calls(filter(actor, search), slice);
    }

    /** Whether somebody may see a call: of an own organisation, or on data of it. */
    boolean mayRead(Actor actor, Call call) {
        return actor.may(READ, call.organisation()) || actor.may(READ, call.owner());
    }

    /**
     * Who received what of a dataset. For its owner's staff, and for those who may read the trace.
     *
     * @throws IdentityException for others
     */
    public List<Disclosure> disclosures(Actor actor, String dataset) {
        String owner = store.owner(dataset).orElseThrow(() -> ProofException.notFound(dataset));
        if (!actor.may(READ, owner)
                && !actor.may("dataset:write", owner)
                && !actor.may("dataset:publish", owner)) {
            throw IdentityException.permissionMissing(READ, organisations.name(owner));
        }
        return store.disclosures(dataset);
    }

    /** All logs and how far they were checked. */
    public List<Logs.Known> logs() {
        return logs.all();
    }

    /**
     * Takes note of what a log did wrong.
     *
     * @throws ProofException if there is no such incident, or somebody has taken note of it
     */
    public void acknowledge(Actor actor, UUID incident, String reason) {
        if (!incidents.acknowledge(incident, actor.who(), reason)) {
            throw ProofException.notFound(incident.toString());
        }
    }

    /**
     * Proves that a record is in its log as it is shown.
     *
     * @return nothing for the moment until a checkpoint of the log covers the record
     */
    public Optional<Proof> prove(Happening happening) {
        Long index = happening.index();
        if (index == null) {
            return Optional.empty();
        }
        try {
            return logs.prove(happening.origin(), index).map(p -> proof(happening, p));
        } catch (TraceException e) {
            throw e.code() == TraceException.Code.UNREACHABLE
                    ? ProofException.unreachable(happening.origin(), e)
                    : ProofException.broken(happening.origin(), e);
        }
    }

    private static Proof proof(Happening happening, Logs.Proved proved) {
        TraceReader.Inclusion inclusion = proved.inclusion();
        return new Proof(
                happening.origin(),
                inclusion.index(),
                new String(proved.leaf(), StandardCharsets.UTF_8),
                inclusion.leaf().hex(),
                inclusion.path().stream().map(Hash::hex).toList(),
                inclusion.checkpoint().text(),
                inclusion.verifies());
    }

    /** Changes stand in the platform's own log. */
    private Happening placed(Happening h) {
        return h.origin().isEmpty() ? h.in(logs.own()) : h;
    }

    private static ProofStore.Filter filter(Actor actor, Search search) {
        return new ProofStore.Filter(
                actor.reach(READ), search.equal(), search.text(), search.from(), search.until());
    }
}
