package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.Refusal;
import cn.tiaoxi.contract.Wire;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A request in the province's token style: everything is a parameter, in the query, in a form or in
 * a JSON object.
 *
 * @param requestTime milliseconds since 1970, as sent
 * @param additional the basis of use as JSON text, or null
 * @param parameters what is left for the interface
 */
record TokenRequest(
        String appKey,
        String sign,
        String requestTime,
        @Nullable String additional,
        Map<String, String> parameters) {

    /**
     * Reads a request.
     *
     * @throws RefusedException if a parameter is missing, repeated or malformed
     */
    static TokenRequest of(CallRequest request) {
        Map<String, String> all = QueryString.parse(request.rawQuery());
        body(request).forEach((name, value) -> addOnce(all, name, value));
        String appKey = taken(all, "appKey", "[!-~]{1,128}");
        String sign = taken(all, "sign", "[0-9a-f]{32}");
        String requestTime = taken(all, "requestTime", "[0-9]{13}");
        String additional = all.remove("additional");
        return new TokenRequest(appKey, sign, requestTime, additional, all);
    }

    private static String taken(Map<String, String> all, String name, String form) {
        String value = all.remove(name);
        if (value == null || value.isEmpty()) {
            throw new RefusedException(Refusal.SIGNATURE_MISSING, name);
        }
        if (!value.matches(form)) {
            throw new RefusedException(Refusal.SIGNATURE_MALFORMED, name);
        }
        return value;
    }

    private static void addOnce(Map<String, String> all, String name, String value) {
        if (all.put(name, value) != null) {
            throw new RefusedException(Refusal.PARAMETER_REPEATED, name);
        }
    }

    private static Map<String, String> body(CallRequest request) {
        if (request.body().length == 0) {
            return Map.of();
        }
        String sent = request.parts().header().get("content-type");
        String type = sent == null ? "" : sent.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return switch (type) {
            case "", "application/x-www-form-urlencoded" ->
                    QueryString.parse(
                            new String(request.body(), StandardCharsets.ISO_8859_1).strip());
            case "application/json" -> object(request.body());
            default -> throw new RefusedException(Refusal.REQUEST_MALFORMED, "Content-Type");
        };
    }

    /**
     * The members of a JSON object as text; those that are null are left out.
     *
     * @throws RefusedException if it is none, or a member is no single value
     */
    static Map<String, String> object(byte[] body) {
        Map<String, String> members = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> member : json(body).properties()) {
            JsonNode value = member.getValue();
            if (value.isNull()) {
                continue;
            }
            if (value.isContainer() && !member.getKey().equals("additional")) {
                throw new RefusedException(Refusal.PARAMETER_INVALID, member.getKey());
            }
            addOnce(
                    members,
                    member.getKey(),
                    value.isContainer() ? value.toString() : value.asString());
        }
        return members;
    }

    private static JsonNode json(byte[] body) {
        try {
            JsonNode read = Wire.JSON.readTree(body);
            if (read.isObject()) {
                return read;
            }
        } catch (JacksonException e) {
            // Refused below, like JSON that is no object.
        }
        throw new RefusedException(Refusal.REQUEST_MALFORMED, "JSON");
    }
}
