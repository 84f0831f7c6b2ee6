package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.PolicySnapshot.Style;
import cn.tiaoxi.contract.Refusal;
import cn.tiaoxi.contract.Wire;
import cn.tiaoxi.gateway.filter.FilterReport;
import cn.tiaoxi.gateway.meter.Stage;
import cn.tiaoxi.gateway.upstream.Ending;
import cn.tiaoxi.gateway.upstream.FailedCall;
import cn.tiaoxi.gateway.upstream.ServiceBody;
import cn.tiaoxi.gateway.upstream.UpstreamAnswer;
import cn.tiaoxi.gateway.upstream.UpstreamException;
import cn.tiaoxi.gateway.upstream.Upstreams;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Answers calls from departments' services. An answer that fits into 64 KB has one record, which is
 * durable before the answer leaves. Of a longer one a record is durable before the first byte
 * leaves, and a second one, which says how it ended, before the last.
 */
final class ServiceCalls {
    private static final int HELD = 64 << 10;

    /** The province's token style wraps an answer as text, so it is held whole. */
    private static final int WRAPPED = 1 << 20;

    private final Upstreams upstreams;
    private final OwnTrace trace;
    private final Receipts receipts;

    ServiceCalls(Upstreams upstreams, OwnTrace trace, Receipts receipts) {
        this.upstreams = upstreams;
        this.trace = trace;
        this.receipts = receipts;
    }

    /**
     * The answer, once its record is durable.
     *
     * @return fails with a {@link RefusedException}, or with what the trace says
     */
    CompletableFuture<Traced> answer(Call call, ServiceQuery query) {
        boolean wrapped = call.style() == Style.PROVINCE_TOKEN;
        RowSubjects rows = query.served().subjects();
        ServiceSubjects subjects = rows == null ? null : new ServiceSubjects(call, rows, trace);
        return upstreams
                .call(query.wanted(call, subjects), wrapped ? WRAPPED : HELD)
                .handle(
                        (found, failure) -> {
                            if (found == null) {
                                throw refused(call, failure);
                            }
                            return found;
                        })
                .thenApply(found -> recorded(call, found, wrapped, subjects));
    }

    /** An answer and when its record is durable. */
    record Traced(Answer answer, CompletableFuture<Long> durable) {}

    private Traced recorded(
            Call call, UpstreamAnswer found, boolean wrapped, @Nullable ServiceSubjects subjects) {
        call.passage().reached(Stage.FOUND);
        Ending ending = found.ending();
        byte[] body = found.whole();
        if (body != null && ending != null) {
            return whole(call, found.contentType(), body, ending, wrapped, subjects);
        }
        ServiceBody rest = Objects.requireNonNull(found.rest());
        if (wrapped) {
            rest.callerGone();
            UpstreamException tooLong = Upstreams.tooLong(WRAPPED);
            throw new RefusedException(tooLong.refusal(), tooLong.subject());
        }
        rest.recordsEnd(last -> trace.append(call.endRecord(last, facts(last, subjects))));
        call.noteWhole("ended", "UNDER_WAY");
        CompletableFuture<Long> durable = trace.append(call.record(null, 200, 0, 0));
        durable.whenComplete(
                (index, failure) -> {
                    if (failure != null) {
                        rest.callerGone();
                    }
                });
        return new Traced(Answer.of(found.contentType(), rest, call.requestId()), durable);
    }

    private Traced whole(
            Call call,
            String contentType,
            byte[] body,
            Ending ending,
            boolean wrapped,
            @Nullable ServiceSubjects subjects) {
        int rows = (int) ending.report().records();
        Answer answer =
                receipts.noteAnswer(
                        call,
                        wrapped
                                ? ProvinceAnswer.text(call.requestId(), body, rows)
                                : Answer.of(contentType, body, call.requestId()));
        Map<String, String> facts = facts(ending, subjects);
        facts.remove("sha256"); // a short answer could be guessed from a hash without salt
        facts.forEach(call::noteWhole);
        var record = call.record(null, answer.status(), rows, answer.body().length);
        return new Traced(answer, trace.append(record));
    }

    private static Map<String, String> facts(Ending ending, @Nullable ServiceSubjects subjects) {
        Map<String, String> facts = facts(ending.report(), ending.taken());
        if (subjects != null) {
            subjects.noteRest(ending.report().records(), facts);
        }
        facts.put("sha256", ending.sha256());
        UpstreamException fault = ending.fault();
        if (fault != null) {
            facts.put("fault", Text.cut(fault.subject(), 128));
        }
        return facts;
    }

    private static Map<String, String> facts(FilterReport report, long taken) {
        Map<String, String> facts = new TreeMap<>();
        facts.put("upstreamBytes", Long.toString(taken));
        if (report.withheld() > 0) {
            facts.put("withheld", Long.toString(report.withheld()));
        }
        if (report.overReturned() > 0) {
            facts.put("overReturned", Long.toString(report.overReturned()));
            facts.put(
                    "overReturnedNames",
                    Wire.JSON.writeValueAsString(new TreeMap<>(report.names())));
        }
        return facts;
    }

    /** The refusal of a call that got no answer; what was seen until then is noted. */
    private static RuntimeException refused(Call call, @Nullable Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
        return switch (cause) {
            case FailedCall failed -> {
                facts(failed.report(), failed.taken()).forEach(call::noteWhole);
                call.note("fault", failed.reason().subject());
                yield new RefusedException(failed.reason().refusal(), failed.reason().subject());
            }
            case UpstreamException e -> new RefusedException(e.refusal(), e.subject());
            case RuntimeException e -> e;
            case null -> new RefusedException(Refusal.INTERNAL, "-");
            default -> new CompletionException(cause);
        };
    }
}
