package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.Refusal;
import cn.tiaoxi.contract.RefusalText;
import cn.tiaoxi.contract.Wire;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Answers in the province's token style. The HTTP status is 200 whatever happened; {@code code}
 * tells: 00, 11 secret expired, 14 bad signature, 18 over quota, or the code of the refusal.
 */
final class ProvinceAnswer {
    private static final String OK = "00";
    private static final String DONE = "OK";

    private ProvinceAnswer() {}

    /**
     * Rows as JSON text; {@code data} says where to go on ({@code after}), empty after the last.
     *
     * @param total rows of the whole result
     * @param limit most rows of a page
     */
    static Answer rows(String requestId, Page.Rows rows, long total, int limit) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("code", OK);
        body.put("msg", DONE);
        String next = rows.next();
        body.put("data", next == null ? "" : next);
        body.put("datas", new String(rows.json(), java.nio.charset.StandardCharsets.UTF_8));
        body.put("dataCount", rows.count());
        body.put("totalDataCount", total);
        body.put("totalPage", Math.ceilDiv(total, limit));
        body.put("requestId", requestId);
        return json(body);
    }

    /** What a department's service answered, as text. */
    static Answer text(String requestId, byte[] text, int rows) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("code", OK);
        body.put("msg", DONE);
        body.put("data", "");
        body.put("datas", new String(text, java.nio.charset.StandardCharsets.UTF_8));
        body.put("dataCount", rows);
        body.put("totalDataCount", rows);
        body.put("totalPage", 1);
        body.put("requestId", requestId);
        return json(body);
    }

    /** Secrets, with their ends in milliseconds since 1970; {@code datas} is an object here. */
    static Answer secrets(String requestId, TokenCheck.Given given) {
        Map<String, Object> secrets = new LinkedHashMap<>();
        secrets.put("refreshSecret", given.refresh().text());
        secrets.put("refreshSecretEndTime", given.refresh().ends() * 1_000);
        secrets.put("requestSecret", given.request().text());
        secrets.put("requestSecretEndTime", given.request().ends() * 1_000);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("code", OK);
        body.put("msg", DONE);
        body.put("data", "");
        body.put("datas", secrets);
        body.put("dataCount", 1);
        body.put("totalDataCount", 1);
        body.put("totalPage", 1);
        body.put("requestId", requestId);
        return json(body);
    }

    /** A refusal; {@code msg} begins with its stable code. */
    static Answer refusal(Refusal refusal, String subject, String requestId, Locale language) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("code", code(refusal));
        body.put(
                "msg",
                refusal
                        + ": "
                        + RefusalText.detail(refusal, subject, language)
                        + " "
                        + RefusalText.mend(refusal, language));
        body.put("data", "");
        body.put("datas", "");
        body.put("dataCount", 0);
        body.put("totalDataCount", 0);
        body.put("totalPage", 0);
        body.put("requestId", requestId);
        return json(body);
    }

    private static String code(Refusal refusal) {
        return switch (refusal) {
            case SECRET_EXPIRED -> "11";
            case SIGNATURE_MISSING,
                    SIGNATURE_MALFORMED,
                    SIGNATURE_INVALID,
                    SIGNATURE_INCOMPLETE,
                    KEY_UNKNOWN,
                    CLOCK_SKEWED,
                    REQUEST_REPLAYED ->
                    "14";
            case QUOTA_EXCEEDED, RATE_EXCEEDED, SLOWED_FOR_VIOLATION -> "18";
            default -> refusal.name();
        };
    }

    private static Answer json(Map<String, Object> body) {
        return Answer.json(Wire.JSON.writeValueAsBytes(body));
    }
}
