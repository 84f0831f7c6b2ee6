package cn.tiaoxi.platform.proof;

import cn.tiaoxi.contract.TraceRecord;
import cn.tiaoxi.platform.evidence.Logs;
import cn.tiaoxi.platform.identity.Actor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Tells the story of one call, also of one whose record is still on its way to the platform. */
@Service
public class Stories {
    private static final String SIGNATURE = "SIGNATURE";

    private final Proofs proofs;
    private final ProofStore store;
    private final Logs logs;
    private final JdbcClient database;

    Stories(Proofs proofs, ProofStore store, Logs logs, JdbcClient database) {
        this.proofs = proofs;
        this.store = store;
        this.logs = logs;
        this.database = database;
    }

    private record Told(long policy, String style, String stages) {}

    /**
     * The story of a call, by the identifier that the caller was told.
     *
     * @throws ProofException if there is none within the actor's reach
     */
    public CallStory story(Actor actor, String id) {
        Optional<Call> known = store.call(id);
        if (known.isPresent()) {
            return known.filter(call -> proofs.mayRead(actor, call))
                    .map(this::ingested)
                    .orElseThrow(() -> ProofException.notFound(id));
        }
        return recordId(id)
                .flatMap(logs::onItsWay)
                .filter(record -> record.action().equals(TraceRecord.CALL))
                .map(Stories::onItsWay)
                .filter(story -> proofs.mayRead(actor, story.call()))
                .orElseThrow(() -> ProofException.notFound(id));
    }

    /** Gateways look only for identifiers that they made themselves. */
    private static Optional<UUID> recordId(String id) {
        try {
            return Optional.of(UUID.fromString(id)).filter(uuid -> uuid.version() == 7);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private CallStory ingested(Call call) {
        Told told =
                database.sql(
                                """
                                SELECT policy, style, stages FROM published.call_story
                                 WHERE record = :record::uuid
                                """)
                        .param("record", call.id())
                        .query(Told.class)
                        .single();
        return new CallStory(call, told.policy(), style(told.style()), stages(told.stages()), true);
    }

    private static CallStory onItsWay(TraceRecord record) {
        Call call =
                new Call(
                        record.id(),
                        record.time(),
                        record.actor(),
                        record.organisation(),
                        record.object().replaceFirst("^interface:", ""),
                        detail(record, "dataset"),
                        detail(record, "owner"),
                        detail(record, "grant"),
                        detail(record, "purpose"),
                        detail(record, "matter"),
                        fields(detail(record, "fields")),
                        (long) number(detail(record, "rows")),
                        (long) number(detail(record, "bytes")),
                        record.outcome(),
                        (int) number(detail(record, "status")),
                        number(detail(record, "milliseconds")),
                        detail(record, "remote"),
                        record.detail().getOrDefault("keyId", detail(record, "claimedKeyId")),
                        detail(record, "requestId"),
                        record.detail().getOrDefault("ended", "COMPLETE"),
                        (long) number(detail(record, "overReturned")));
        return new CallStory(
                call,
                (long) number(detail(record, "policy")),
                style(detail(record, "style")),
                stages(detail(record, "stages")),
                false);
    }

    private static String detail(TraceRecord record, String name) {
        return record.detail().getOrDefault(name, "");
    }

    private static List<String> fields(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(","));
    }

    private static double number(String text) {
        try {
            return text.isEmpty() ? 0 : Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** A record names the style only where it is another than that of message signatures. */
    private static String style(String told) {
        return told.isEmpty() ? SIGNATURE : told;
    }

    /** Reads {@code checked=214;counted=230}; what is no stage is left out. */
    static List<CallStory.Stage> stages(String text) {
        List<CallStory.Stage> stages = new ArrayList<>();
        for (String part : text.split(";")) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                stages.add(
                        new CallStory.Stage(
                                part.substring(0, equals),
                                number(part.substring(equals + 1)) / 1_000));
            }
        }
        return stages;
    }
}
