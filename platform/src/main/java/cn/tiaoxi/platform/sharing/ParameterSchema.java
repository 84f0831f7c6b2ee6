package cn.tiaoxi.platform.sharing;

import cn.tiaoxi.contract.HttpUpstream.Parameter;
import cn.tiaoxi.contract.HttpUpstream.Place;
import cn.tiaoxi.contract.PolicySnapshot.FieldType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a schema allows of a parameter's values. */
final class ParameterSchema {
    private static final int LONGEST_PATTERN = 500;
    private static final int LONGEST_DESCRIPTION = 500;

    private final JsonNode schema;

    ParameterSchema(JsonNode schema) {
        this.schema = schema;
    }

    /** Whether there is a pattern that gateways cannot check. */
    boolean hasStrangePattern() {
        return schema.has("pattern") && pattern() == null;
    }

    private @Nullable String pattern() {
        String pattern = schema.path("pattern").asString("");
        try {
            Pattern.compile(pattern);
            return pattern.isEmpty() || pattern.length() > LONGEST_PATTERN ? null : pattern;
        } catch (PatternSyntaxException e) {
            return null;
        }
    }

    /**
     * The parameter.
     *
     * @throws IllegalArgumentException if it cannot be sent
     */
    Parameter parameter(
            String name, Place place, boolean required, FieldType type, String description) {
        Integer most = whole("maxLength");
        Integer least = whole("minLength");
        return new Parameter(
                name,
                place,
                required,
                type,
                pattern(),
                allowed(),
                bound("minimum", "exclusiveMinimum", type, 1),
                bound("maximum", "exclusiveMaximum", type, -1),
                least == null ? null : Math.min(least, Parameter.LONGEST),
                most == null ? null : Math.clamp(most, 1, Parameter.LONGEST),
                description.length() > LONGEST_DESCRIPTION
                        ? description.substring(0, LONGEST_DESCRIPTION)
                        : description);
    }

    private List<String> allowed() {
        List<String> allowed = new ArrayList<>();
        for (JsonNode value : schema.path("enum")) {
            if (!value.isNull() && !value.isContainer()) {
                allowed.add(value.asString());
            }
        }
        if (schema.has("const") && !schema.path("const").isContainer()) {
            allowed.add(schema.path("const").asString());
        }
        return allowed;
    }

    private @Nullable Integer whole(String name) {
        JsonNode value = schema.path(name);
        return value.isIntegralNumber() && value.canConvertToInt() ? value.asInt() : null;
    }

    /** A bound; one that is excluded moves by one where values are whole. */
    private @Nullable BigDecimal bound(String name, String excluding, FieldType type, int inwards) {
        BigDecimal bound = schema.path(name).isNumber() ? schema.path(name).decimalValue() : null;
        JsonNode excluded = schema.path(excluding);
        if (excluded.isNumber()) {
            bound = excluded.decimalValue();
        }
        boolean open = excluded.isNumber() || excluded.asBoolean(false);
        return bound != null && open && type == FieldType.INTEGER
                ? bound.add(BigDecimal.valueOf(inwards))
                : bound;
    }
}
