package cn.tiaoxi.gateway.meter;

import cn.tiaoxi.contract.Refusal;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanLimits;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Traces of calls in OpenTelemetry's form: the call, and its stages below it. Sampled as the caller
 * did, else by a share; sent in batches on a thread of its own, dropped where it cannot keep up.
 * Loaded only where the settings ask for it.
 */
final class Spans implements AutoCloseable {
    private static final AttributeKey<Long> STATUS =
            AttributeKey.longKey("http.response.status_code");
    private static final AttributeKey<Long> BODY = AttributeKey.longKey("http.response.body.size");
    private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");
    private static final AttributeKey<String> DATABASE = AttributeKey.stringKey("db.system.name");
    private static final int MOST_WAITING = 4_096;

    private final SdkTracerProvider provider;
    private final Tracer tracer;

    private Spans(URI endpoint, double share, String gateway) {
        var exporter =
                OtlpHttpSpanExporter.builder()
                        .setEndpoint(endpoint.toString())
                        .setTimeout(Duration.ofSeconds(5))
                        .setConnectTimeout(Duration.ofSeconds(2))
                        .build();
        this.provider =
                SdkTracerProvider.builder()
                        .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(share)))
                        .setSpanLimits(
                                SpanLimits.builder()
                                        .setMaxNumberOfAttributes(32)
                                        .setMaxAttributeValueLength(256)
                                        .build())
                        .setResource(
                                Resource.create(
                                        Attributes.of(
                                                AttributeKey.stringKey("service.name"),
                                                "tiaoxi-gateway",
                                                AttributeKey.stringKey("service.instance.id"),
                                                gateway)))
                        .addSpanProcessor(
                                BatchSpanProcessor.builder(exporter)
                                        .setMaxQueueSize(MOST_WAITING)
                                        .setScheduleDelay(Duration.ofSeconds(1))
                                        .build())
                        .build();
        this.tracer = provider.get("cn.tiaoxi.gateway");
    }

    static Spans of(MeterSettings settings, String gateway) {
        return new Spans(
                Objects.requireNonNull(settings.traces(), "asked only where it is set"),
                settings.traceShare(),
                gateway);
    }

    /** What a caller says of its trace. */
    private record Said(@Nullable String traceparent, @Nullable String tracestate) {}

    private static final TextMapGetter<Said> GETTER =
            new TextMapGetter<>() {
                @Override
                public Iterable<String> keys(Said said) {
                    return java.util.List.of("traceparent", "tracestate");
                }

                @Override
                public @Nullable String get(@Nullable Said said, String key) {
                    if (said == null) {
                        return null;
                    }
                    return key.equals("traceparent") ? said.traceparent() : said.tracestate();
                }
            };

    /** Begins the span of a call; one that is not sampled costs no more than its identifier. */
    Span begin(Passage call, @Nullable String traceparent, @Nullable String tracestate) {
        Context parent =
                traceparent == null
                        ? Context.root()
                        : W3CTraceContextPropagator.getInstance()
                                .extract(Context.root(), new Said(traceparent, tracestate), GETTER);
        return new Span(
                tracer,
                tracer.spanBuilder("call")
                        .setParent(parent)
                        .setSpanKind(SpanKind.SERVER)
                        .setStartTimestamp(call.time())
                        .startSpan());
    }

    /** The span of one call. */
    static final class Span {
        private final Tracer tracer;
        private final io.opentelemetry.api.trace.Span span;

        private Span(Tracer tracer, io.opentelemetry.api.trace.Span span) {
            this.tracer = tracer;
            this.span = span;
        }

        String traceId() {
            return span.getSpanContext().getTraceId();
        }

        /** The header that a service behind goes on with (W3C Trace Context). */
        String traceparent() {
            SpanContext context = span.getSpanContext();
            return "00-"
                    + context.getTraceId()
                    + "-"
                    + context.getSpanId()
                    + "-"
                    + context.getTraceFlags().asHex();
        }

        void end(Passage call) {
            if (span.isRecording()) {
                describe(call);
                stages(call);
            }
            span.end(at(call, call.micros(Stage.ANSWERED)));
        }

        private void describe(Passage call) {
            Refusal refusal = call.refusal();
            if (!call.interfaceId().isEmpty()) {
                span.updateName("call " + call.interfaceId());
                text("tiaoxi.interface.id", call.interfaceId());
                text("tiaoxi.owner.organisation", call.owner());
            }
            if (!call.application().isEmpty()) {
                text("tiaoxi.application.id", call.application());
                text("tiaoxi.application.organisation", call.organisation());
            }
            if (!call.grant().isEmpty()) {
                text("tiaoxi.grant.id", call.grant());
            }
            text("tiaoxi.request.id", call.requestId());
            text("tiaoxi.caller.style", call.style());
            span.setAttribute(STATUS, (long) call.status());
            span.setAttribute(BODY, call.bytes());
            span.setAttribute("tiaoxi.rows", call.rows());
            span.setAttribute("tiaoxi.policy.version", call.policyVersion());
            if (refusal != null) {
                span.setAttribute(ERROR, refusal.name());
                if (refusal.status() >= 500) {
                    span.setStatus(StatusCode.ERROR);
                }
            }
        }

        private void text(String key, String value) {
            span.setAttribute(key, value);
        }

        private void stages(Passage call) {
            Context parent = Context.root().with(span);
            long from = 0;
            for (Stage stage : Stage.values()) {
                long until = call.micros(stage);
                if (until == 0) {
                    continue;
                }
                boolean lookup = stage == Stage.FOUND;
                var child =
                        tracer.spanBuilder(stage.word())
                                .setParent(parent)
                                .setSpanKind(lookup ? SpanKind.CLIENT : SpanKind.INTERNAL)
                                .setStartTimestamp(at(call, from));
                if (lookup && !call.isOfService()) {
                    child.setAttribute(DATABASE, "postgresql");
                }
                child.startSpan().end(at(call, until));
                from = until;
            }
        }

        private static Instant at(Passage call, long micros) {
            return call.time().plusNanos(TimeUnit.MICROSECONDS.toNanos(micros));
        }
    }

    /** Sends what is left, for two seconds at most. */
    @Override
    public void close() {
        provider.shutdown().join(2, TimeUnit.SECONDS);
    }
}
