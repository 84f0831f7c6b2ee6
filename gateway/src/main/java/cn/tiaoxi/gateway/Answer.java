package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.PolicySnapshot.Style;
import cn.tiaoxi.contract.Refusal;
import cn.tiaoxi.contract.RefusalText;
import cn.tiaoxi.contract.Wire;
import cn.tiaoxi.gateway.upstream.StreamedBody;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What goes back over the wire.
 *
 * @param body the body, or its beginning where there is a rest: nothing
 * @param headers further headers beside type, length and the ones that every answer has
 * @param rest a body that comes in pieces, or null
 */
record Answer(
        int status,
        String contentType,
        byte[] body,
        Map<String, String> headers,
        @Nullable StreamedBody rest) {
    private static final byte[] NOTHING = {};
    private static final String REQUEST_ID = "Tiaoxi-Request-Id";

    private static final String ACCEPTED =
            "tiaoxi=(\"@method\" \"@authority\" \"@path\" \"@query\");created;nonce;keyid;alg";

    Answer(int status, String contentType, byte[] body, Map<String, String> headers) {
        this(status, contentType, body, headers, null);
    }

    /** What a service answered, whole. */
    static Answer of(String contentType, byte[] body, String requestId) {
        return new Answer(200, contentType, body, Map.of(REQUEST_ID, requestId));
    }

    /** What a service answers, while it comes. */
    static Answer of(String contentType, StreamedBody rest, String requestId) {
        return new Answer(200, contentType, NOTHING, Map.of(REQUEST_ID, requestId), rest);
    }

    /** The same with one more header. */
    Answer with(String header, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(header, value);
        return new Answer(status, contentType, body, all, rest);
    }

    static Answer json(byte[] body) {
        return new Answer(200, "application/json", body, Map.of());
    }

    /** A refusal in the caller's style and language: mostly as problem details (RFC 9457). */
    static Answer refusal(Refusal refusal, String subject, Call call) {
        return switch (call.style()) {
            case SIGNATURE, MUTUAL_TLS -> problem(refusal, subject, call, refusal.status());
            case PROVINCE_HMAC -> problem(refusal, subject, call, provinceStatus(refusal));
            case PROVINCE_TOKEN ->
                    ProvinceAnswer.refusal(refusal, subject, call.requestId(), call.language());
        };
    }

    /** In the HMAC style whatever is wrong with caller, signature or grant is 401. */
    private static int provinceStatus(Refusal refusal) {
        return switch (refusal) {
            case REQUEST_REPLAYED, CLOCK_SKEWED -> 401;
            default -> refusal.status() == 403 ? 401 : refusal.status();
        };
    }

    private static Answer problem(Refusal refusal, String subject, Call call, int status) {
        Locale language = call.language();
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("type", "about:blank");
        problem.put("title", RefusalText.title(refusal, language));
        problem.put("status", status);
        problem.put("detail", RefusalText.detail(refusal, subject, language));
        problem.put("code", refusal.name());
        problem.put("requestId", call.requestId());
        problem.put("mend", RefusalText.mend(refusal, language));
        return new Answer(
                status,
                "application/problem+json",
                Wire.JSON.writeValueAsBytes(problem),
                headers(refusal, call, status));
    }

    private static Map<String, String> headers(Refusal refusal, Call call, int status) {
        Map<String, String> headers = new LinkedHashMap<>();
        boolean english = call.language().getLanguage().equals("en");
        headers.put("Content-Language", english ? "en" : "zh-CN");
        boolean province = call.style() == Style.PROVINCE_HMAC;
        switch (status) {
            case 401 -> {
                if (refusal == Refusal.GATEWAY_TOKEN_INVALID) {
                    headers.put("WWW-Authenticate", "Bearer");
                } else if (province) {
                    headers.put("WWW-Authenticate", "X-BG-HMAC");
                } else {
                    headers.put("WWW-Authenticate", "Signature");
                    headers.put("Accept-Signature", ACCEPTED);
                }
            }
            case 405 -> headers.put("Allow", province ? "GET, POST" : "GET");
            case 503 -> headers.put("Retry-After", "1");
            case 429 -> headers.put("Retry-After", passesSoon(refusal) ? "1" : "3600");
            default -> {}
        }
        switch (refusal) {
            case EXPORT_NOT_READY -> headers.put("Retry-After", "5");
            case EXPORT_QUEUE_FULL -> headers.put("Retry-After", "60");
            case EXPORT_STORE_FULL -> headers.put("Retry-After", "600");
            default -> {}
        }
        headers.putAll(call.refusalHeaders());
        return headers;
    }

    private static boolean passesSoon(Refusal refusal) {
        return refusal == Refusal.RATE_EXCEEDED || refusal == Refusal.SLOWED_FOR_VIOLATION;
    }
}
