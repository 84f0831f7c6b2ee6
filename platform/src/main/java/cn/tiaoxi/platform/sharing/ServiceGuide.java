package cn.tiaoxi.platform.sharing;

import cn.tiaoxi.contract.HttpUpstream;
import cn.tiaoxi.contract.HttpUpstream.Format;
import cn.tiaoxi.contract.HttpUpstream.Parameter;
import cn.tiaoxi.contract.PolicySnapshot.FieldType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parts of an OpenAPI document that a department's service has of its own. */
final class ServiceGuide {
    private final Interface each;
    private final HttpUpstream service;

    ServiceGuide(Interface each, HttpUpstream service) {
        this.each = each;
        this.service = service;
    }

    /** What callers may give: all in the query. */
    List<Map<String, Object>> parameters(String fields) {
        List<Map<String, Object>> parameters = new ArrayList<>();
        for (Parameter parameter : service.parameters()) {
            Map<String, Object> described = new LinkedHashMap<>();
            described.put("name", parameter.name());
            described.put("in", "query");
            described.put("required", parameter.required());
            described.put("description", parameter.description());
            described.put("schema", schema(parameter));
            parameters.add(described);
        }
        if (!each.keys().contains("fields")) {
            parameters.add(
                    Map.of(
                            "name",
                            "fields",
                            "in",
                            "query",
                            "required",
                            false,
                            "description",
                            fields,
                            "schema",
                            Map.of("type", "string")));
        }
        return parameters;
    }

    private static Map<String, Object> schema(Parameter parameter) {
        Map<String, Object> schema = new LinkedHashMap<>(Guides.schema(parameter.type()));
        boolean text = parameter.type() == FieldType.TEXT;
        if (!parameter.allowed().isEmpty() && text) {
            schema.put("enum", parameter.allowed());
        }
        put(schema, "pattern", parameter.pattern());
        put(schema, "minimum", parameter.least());
        put(schema, "maximum", parameter.most());
        if (text) {
            put(schema, "minLength", parameter.shortest());
            Integer longest = parameter.longest();
            schema.put("maxLength", longest == null ? Parameter.USUAL_LONGEST : longest);
        }
        return schema;
    }

    private static void put(Map<String, Object> schema, String name, @Nullable Object value) {
        if (value != null) {
            schema.put(name, value);
        }
    }

    String mediaType() {
        return switch (service.format()) {
            case JSON -> "application/json";
            case NDJSON -> "application/x-ndjson";
            case CSV -> "text/csv";
        };
    }

    /** The shape of answers: the record where it stands, and what is around it. */
    Map<String, Object> answer(String fields) {
        if (service.format() == Format.CSV) {
            return Map.of("type", "string", "description", fields);
        }
        Map<String, Object> record = object();
        for (ServedField field : each.fields()) {
            Map<String, Object> schema = new LinkedHashMap<>(Guides.schema(field.type()));
            schema.put("title", field.label());
            schema.put("description", (field.description() + " " + field.grade()).strip());
            String name = field.name();
            put(record, name.startsWith("/") ? steps(name) : List.of(name), schema);
        }
        if (service.records().isEmpty()) {
            return record;
        }
        Map<String, Object> body = object();
        put(body, steps(service.records()), Map.of("type", "array", "items", record));
        for (String pointer : service.around()) {
            put(body, steps(pointer), Map.of());
        }
        return body;
    }

    private static Map<String, Object> object() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("type", "object");
        object.put("properties", new LinkedHashMap<String, Object>());
        return object;
    }

    private static List<String> steps(String pointer) {
        List<String> steps = new ArrayList<>();
        for (String step : pointer.substring(1).split("/", -1)) {
            steps.add(step.replace("~1", "/").replace("~0", "~"));
        }
        return steps;
    }

    @SuppressWarnings("unchecked")
    private static void put(Map<String, Object> object, List<String> steps, Object schema) {
        Map<String, Object> at = object;
        for (int i = 0; i < steps.size(); i++) {
            if (!(at.get("properties") instanceof Map<?, ?>)) {
                return;
            }
            Map<String, Object> properties = (Map<String, Object>) at.get("properties");
            if (i == steps.size() - 1) {
                properties.putIfAbsent(steps.get(i), schema);
                return;
            }
            at = (Map<String, Object>) properties.computeIfAbsent(steps.get(i), name -> object());
        }
    }
}
