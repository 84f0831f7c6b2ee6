package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.Refusal;
import cn.tiaoxi.contract.Wire;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The parameters of a lookup in a JSON object: for keys with several values, which an address has
 * no room for.
 *
 * @param single values by name
 * @param several lists of values by name
 */
record QueryBody(Map<String, String> single, Map<String, List<String>> several) {

    /**
     * Reads a body; members that are null are left out. A list of {@code fields} is one value.
     *
     * @throws RefusedException if it is no JSON object, or a member is neither a value nor a list
     *     of values
     */
    static QueryBody of(CallRequest request) {
        String sent = request.parts().header().get("content-type");
        String type = sent == null ? "" : sent.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!type.equals("application/json")) {
            throw new RefusedException(Refusal.REQUEST_MALFORMED, "Content-Type");
        }
        Map<String, String> single = new LinkedHashMap<>();
        Map<String, List<String>> several = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> member : object(request.body()).properties()) {
            String name = member.getKey();
            JsonNode value = member.getValue();
            if (value.isArray() && name.equals("fields")) {
                single.put(name, String.join(",", texts(name, value)));
            } else if (value.isArray()) {
                several.put(name, texts(name, value));
            } else if (!value.isNull()) {
                single.put(name, text(name, value));
            }
        }
        return new QueryBody(single, several);
    }

    private static JsonNode object(byte[] body) {
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

    private static List<String> texts(String name, JsonNode array) {
        List<String> texts = new ArrayList<>(array.size());
        array.forEach(each -> texts.add(text(name, each)));
        return texts;
    }

    private static String text(String name, JsonNode value) {
        if (value.isContainer() || value.isNull()) {
            throw new RefusedException(Refusal.PARAMETER_INVALID, name);
        }
        return value.asString();
    }
}
