package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.Refusal;
import cn.tiaoxi.contract.Wire;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What a caller of the province's token style says it needs the answer for: the matter, the
 * materials, the applicant. Noted in the trace; what may name a person is noted as a print.
 */
final class BasisOfUse {
    private static final int LONGEST = 2_048;
    private static final int MOST_MEMBERS = 16;

    /** Members that speak of the matter, not of a person. */
    private static final Set<String> OPEN =
            Set.of(
                    "powerMatters",
                    "subPowerMatters",
                    "matter",
                    "materialName",
                    "materials",
                    "projectId");

    private final KeyPrints prints;

    BasisOfUse(KeyPrints prints) {
        this.prints = prints;
    }

    /**
     * Notes the basis of a call; where none is given, that.
     *
     * @param additional a JSON object, or null
     * @throws RefusedException if it is no JSON object, or too large
     */
    void note(Call call, @Nullable String additional) {
        if (additional == null || additional.isBlank()) {
            call.noteWhole("basis", "none");
            return;
        }
        JsonNode basis = object(additional);
        for (Map.Entry<String, JsonNode> member : basis.properties()) {
            String name = member.getKey();
            JsonNode value = member.getValue();
            String text = value.isContainer() ? value.toString() : value.asString();
            if (!text.isEmpty() && name.matches("[A-Za-z0-9_]{1,32}")) {
                note(call, name, text);
            }
        }
    }

    private void note(Call call, String name, String text) {
        if (!OPEN.contains(name)) {
            call.noteWhole("basis." + name, prints.print("basis", name, text));
            return;
        }
        call.note("basis." + name, text);
        if (name.equals("powerMatters") || name.equals("matter")) {
            boolean plain = text.chars().allMatch(c -> c >= 0x20 && c < 0x7f);
            call.note("matter", plain ? text : URLEncoder.encode(text, StandardCharsets.UTF_8));
        }
    }

    private static JsonNode object(String text) {
        if (text.length() > LONGEST) {
            throw new RefusedException(Refusal.PARAMETER_TOO_LONG, "additional");
        }
        try {
            JsonNode read = Wire.JSON.readTree(text);
            if (read.isObject() && read.size() <= MOST_MEMBERS) {
                return read;
            }
        } catch (JacksonException e) {
            // Refused below, like JSON that is no object.
        }
        throw new RefusedException(Refusal.PARAMETER_INVALID, "additional");
    }
}
