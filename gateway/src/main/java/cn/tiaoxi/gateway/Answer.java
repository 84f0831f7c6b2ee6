package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.Refusal;
import cn.tiaoxi.contract.RefusalText;
import cn.tiaoxi.contract.Wire;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What goes back over the wire.
 *
 * @param headers further headers beside type, length and the ones that every answer has
 */
record Answer(int status, String contentType, byte[] body, Map<String, String> headers) {
    private static final String ACCEPTED =
            "tiaoxi=(\"@method\" \"@authority\" \"@path\" \"@query\");created;nonce;keyid;alg";

    static Answer json(byte[] body) {
        return new Answer(200, "application/json", body, Map.of());
    }

    /** A refusal as problem details (RFC 9457), in the caller's language. */
    static Answer refusal(Refusal refusal, String subject, String requestId, Locale language) {
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("type", "about:blank");
        problem.put("title", RefusalText.title(refusal, language));
        problem.put("status", refusal.status());
        problem.put("detail", RefusalText.detail(refusal, subject, language));
        problem.put("code", refusal.name());
        problem.put("requestId", requestId);
        problem.put("mend", RefusalText.mend(refusal, language));
        return new Answer(
                refusal.status(),
                "application/problem+json",
                Wire.JSON.writeValueAsBytes(problem),
                headers(refusal, language));
    }

    private static Map<String, String> headers(Refusal refusal, Locale language) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Language", language.getLanguage().equals("en") ? "en" : "zh-CN");
        switch (refusal.status()) {
            case 401 -> {
                boolean token = refusal == Refusal.GATEWAY_TOKEN_INVALID;
                headers.put("WWW-Authenticate", token ? "Bearer" : "Signature");
                if (!token) {
                    headers.put("Accept-Signature", ACCEPTED);
                }
            }
            case 405 -> headers.put("Allow", "GET");
            case 503 -> headers.put("Retry-After", "1");
            case 429 -> headers.put("Retry-After", refusal == Refusal.RATE_EXCEEDED ? "1" : "3600");
            default -> {}
        }
        return headers;
    }
}
