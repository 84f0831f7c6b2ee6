package cn.tiaoxi.platform.sharing;

import cn.tiaoxi.contract.PolicySnapshot.FieldType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The schemas of an OpenAPI document; references lead within the document only. */
final class Schemas {
    private static final int MOST_STEPS = 20;

    private final JsonNode root;

    Schemas(JsonNode root) {
        this.root = root;
    }

    /** What a reference leads to; nothing where it leads out of the document or in a circle. */
    JsonNode resolved(JsonNode node) {
        JsonNode found = node;
        for (int step = 0; step < MOST_STEPS; step++) {
            String reference = found.path("$ref").asString("");
            if (reference.isEmpty()) {
                return found;
            }
            if (!reference.startsWith("#/")) {
                break;
            }
            found = root.at(reference.substring(1));
        }
        return JsonNodeFactory.instance.objectNode();
    }

    /** A schema with the parts that its {@code allOf} adds, and what any alternative may have. */
    JsonNode merged(JsonNode node) {
        return merged(node, 0);
    }

    private JsonNode merged(JsonNode node, int depth) {
        JsonNode schema = resolved(node);
        boolean plain = !schema.has("allOf") && !schema.has("oneOf") && !schema.has("anyOf");
        if (plain || depth > MOST_STEPS || !schema.isObject()) {
            return schema;
        }
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        for (String each : List.of("allOf", "oneOf", "anyOf")) {
            for (JsonNode part : schema.path(each)) {
                add(all, merged(part, depth + 1));
            }
        }
        add(all, schema);
        return all;
    }

    private static void add(ObjectNode all, JsonNode part) {
        for (Map.Entry<String, JsonNode> each : part.properties()) {
            JsonNode known = all.path(each.getKey());
            if (each.getKey().equals("properties") && known instanceof ObjectNode before) {
                each.getValue().properties().forEach(p -> before.set(p.getKey(), p.getValue()));
            } else if (each.getKey().equals("properties")) {
                all.set(each.getKey(), each.getValue().deepCopy());
            } else if (!each.getKey().endsWith("Of")
                    && !(each.getKey().equals("type")
                            && each.getValue().asString("").equals("null"))) {
                all.set(each.getKey(), each.getValue());
            }
        }
    }

    /** The type's name; of several the one that is not null. */
    static String typeName(JsonNode schema) {
        JsonNode type = schema.path("type");
        if (type.isArray()) {
            for (JsonNode each : type) {
                if (!each.asString().equals("null")) {
                    return each.asString();
                }
            }
        }
        if (type.isString()) {
            return type.asString();
        }
        if (schema.has("properties")) {
            return "object";
        }
        return schema.has("items") ? "array" : schema.has("enum") ? "string" : "";
    }

    /** The type of single values, or null if they are objects, lists or of no known type. */
    static @Nullable FieldType type(JsonNode schema) {
        return switch (typeName(schema)) {
            case "string" ->
                    switch (schema.path("format").asString("")) {
                        case "date" -> FieldType.DATE;
                        case "date-time" -> FieldType.TIMESTAMP;
                        default -> FieldType.TEXT;
                    };
            case "integer" -> FieldType.INTEGER;
            case "number" -> FieldType.DECIMAL;
            case "boolean" -> FieldType.BOOLEAN;
            default -> null;
        };
    }
}
