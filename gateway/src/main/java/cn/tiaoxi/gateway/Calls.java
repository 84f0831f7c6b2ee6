package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.PolicySnapshot.Grant;
import cn.tiaoxi.contract.PolicySnapshot.Style;
import cn.tiaoxi.contract.Refusal;
import cn.tiaoxi.contract.Restriction;
import cn.tiaoxi.gateway.meter.Stage;
import cn.tiaoxi.gateway.quota.Charge;
import cn.tiaoxi.gateway.quota.ExhaustedException;
import cn.tiaoxi.gateway.quota.Span;
import cn.tiaoxi.gateway.quota.StoreAwayException;
import cn.tiaoxi.gateway.quota.Subject;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.internal.ThreadExecutorMap;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers calls. An answer exists only after its trace record is durable; that holds for refusals
 * too. Safe for use by threads; never blocks.
 */
final class Calls {
    private static final Logger LOG = LoggerFactory.getLogger(Calls.class);
    private static final SeldomLog UNTRACED = new SeldomLog(LOG);

    private final CallChecks checks;
    private final Serving serving;
    private final OwnTrace trace;
    private final ServiceCalls services;
    private final ExportCalls exports;
    private final Receipts receipts;

    Calls(
            CallChecks checks,
            Serving serving,
            ServiceCalls services,
            ExportCalls exports,
            OwnTrace trace,
            Receipts receipts) {
        this.checks = checks;
        this.serving = serving;
        this.services = services;
        this.exports = exports;
        this.trace = trace;
        this.receipts = receipts;
    }

    /** The answer to a call; never fails. */
    CompletableFuture<Answer> answer(Call call, CallRequest request) {
        Target target = Target.of(request);
        call.asksFor(target);
        receipts.noteRequest(call, request);
        try {
            if (target.givesSecrets()) {
                return secrets(call, checks.secrets(call, request, target));
            }
            if (target.export() != null) {
                return exports.answer(call, request, target, target.export())
                        .thenCompose(found -> traced(call, found.durable(), found.answer()))
                        .exceptionallyCompose(failure -> failed(call, failure));
            }
            Asked asked = checks.check(call, request, target);
            call.passage().reached(Stage.CHECKED);
            CompletableFuture<Void> waiting = charge(call).take();
            return (waiting == null ? look(call, asked) : lookWhenTaken(call, asked, waiting))
                    .exceptionallyCompose(failure -> failed(call, failure));
        } catch (RuntimeException e) {
            return refuse(call, e);
        }
    }

    private CompletableFuture<Answer> look(Call call, Asked asked) {
        call.passage().reached(Stage.COUNTED);
        return switch (asked) {
            case Query query -> serving.rows(query).thenCompose(found -> rows(call, query, found));
            case ServiceQuery query ->
                    services.answer(call, query)
                            .thenCompose(found -> traced(call, found.durable(), found.answer()));
        };
    }

    /**
     * The store of quotas answers on a thread of its own; the call goes on on the one it was on.
     */
    private CompletableFuture<Answer> lookWhenTaken(
            Call call, Asked asked, CompletableFuture<Void> waiting) {
        EventExecutor loop = Objects.requireNonNull(ThreadExecutorMap.currentExecutor());
        return waiting.thenComposeAsync(taken -> look(call, asked), loop);
    }

    private static Charge charge(Call call) {
        return Objects.requireNonNull(call.charge(), "the checks set it");
    }

    /** The answer to a request that is refused before it is a call. */
    CompletableFuture<Answer> refuse(Call call, RuntimeException reason) {
        RefusedException refused = refused(call, reason);
        Answer answer = Answer.refusal(refused.refusal(), refused.subject(), call);
        var record = call.record(refused.refusal(), answer.status(), 0, answer.body().length);
        return traced(call, trace.append(record), answer);
    }

    private CompletableFuture<Answer> rows(Call call, Query query, RowSet<Row> found) {
        call.passage().reached(Stage.FOUND);
        Grant grant = Objects.requireNonNull(call.grant(), "the checks chose it");
        if (call.style() == Style.PROVINCE_TOKEN) {
            return provinceRows(call, query, Page.Rows.of(found, query, grant));
        }
        Page page = Page.of(found, query, grant, call.requestId());
        return answered(
                call, Answer.json(page.body()), page.rows(), page.rowNumbers(), page.subjects());
    }

    /** Rows with their total, which is counted only where this page is not all. */
    private CompletableFuture<Answer> provinceRows(Call call, Query query, Page.Rows rows) {
        boolean all = rows.next() == null && query.isFirstPage();
        return (all ? CompletableFuture.completedFuture((long) rows.count()) : serving.count(query))
                .thenCompose(
                        total ->
                                answered(
                                        call,
                                        ProvinceAnswer.rows(
                                                call.requestId(), rows, total, query.limit()),
                                        rows.count(),
                                        rows.numbers(),
                                        rows.subjects()));
    }

    private CompletableFuture<Answer> answered(
            Call call, Answer bare, int rows, String rowNumbers, @Nullable RowSubjects subjects) {
        call.noteWhole("rowNumbers", rowNumbers);
        Answer answer = receipts.noteAnswer(call, bare);
        if (subjects != null) {
            call.isAbout(subjects);
        }
        var record = call.record(null, answer.status(), rows, answer.body().length);
        return traced(call, trace.append(record), answer);
    }

    private CompletableFuture<Answer> secrets(Call call, TokenCheck.Given given) {
        Answer answer = ProvinceAnswer.secrets(call.requestId(), given);
        var record = call.record(null, answer.status(), 0, answer.body().length);
        return traced(call, trace.append(record), answer);
    }

    private CompletableFuture<Answer> failed(Call call, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
        Charge taken = call.charge();
        if (taken != null && !answers(cause)) {
            taken.giveBack();
        }
        return refuse(
                call,
                cause instanceof RuntimeException known ? known : new CompletionException(cause));
    }

    /** Whether a failure tells the caller something of the data: that there is nothing. */
    private static boolean answers(Throwable failure) {
        return failure instanceof RefusedException refused
                && refused.refusal() == Refusal.UPSTREAM_NOT_FOUND;
    }

    private static RefusedException refused(Call call, RuntimeException reason) {
        return switch (reason) {
            case RefusedException refused -> refused;
            case ExhaustedException exhausted -> exhausted(call, exhausted);
            case StoreAwayException away ->
                    new RefusedException(Refusal.QUOTA_STORE_UNAVAILABLE, "-");
            default -> {
                LOG.error("Call {} failed", call.requestId(), reason);
                yield new RefusedException(Refusal.INTERNAL, "-");
            }
        };
    }

    private static RefusedException exhausted(Call call, ExhaustedException reason) {
        Restriction slowed = call.restriction();
        if (slowed != null
                && reason.span() == Span.SECOND
                && reason.subject().kind() == Subject.Kind.APPLICATION) {
            return new RefusedException(
                    Refusal.SLOWED_FOR_VIOLATION, reason.most() + ", " + slowed.reference());
        }
        Refusal refusal =
                switch (reason.span()) {
                    case SECOND -> Refusal.RATE_EXCEEDED;
                    case DAY -> Refusal.QUOTA_EXCEEDED;
                    case MONTH -> Refusal.MONTH_QUOTA_EXCEEDED;
                    case WHOLE -> Refusal.GRANT_USED_UP;
                };
        String most = Long.toString(reason.most());
        boolean ofGrant = reason.subject().kind() == Subject.Kind.GRANT;
        return new RefusedException(refusal, ofGrant ? most : most + ", " + reason.subject());
    }

    private static CompletableFuture<Answer> traced(
            Call call, CompletableFuture<Long> durable, Answer answer) {
        return durable.handle(
                (index, failure) -> {
                    if (failure != null) {
                        return untraced(call, failure);
                    }
                    call.passage().reached(Stage.RECORDED);
                    return answer;
                });
    }

    private static Answer untraced(Call call, Throwable failure) {
        UNTRACED.warn("A call cannot be traced", failure);
        Answer answer = Answer.refusal(Refusal.TRACE_UNAVAILABLE, "-", call);
        call.passage().ended(Refusal.TRACE_UNAVAILABLE, answer.status(), 0, answer.body().length);
        return answer;
    }
}
