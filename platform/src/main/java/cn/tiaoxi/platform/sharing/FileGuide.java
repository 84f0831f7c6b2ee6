package cn.tiaoxi.platform.sharing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.context.MessageSource;

/** The part of an interface's OpenAPI document that says how files are ordered and fetched. */
final class FileGuide {
    private final MessageSource texts;

    FileGuide(MessageSource texts) {
        this.texts = texts;
    }

    /** What can be asked for, by path. */
    Map<String, Object> paths(Interface each, Locale language) {
        String exports = "/api/" + each.id() + "/exports";
        Map<String, Object> paths = new LinkedHashMap<>();
        paths.put(exports, Map.of("post", order(each, language)));
        paths.put(
                exports + "/{export}",
                Map.of(
                        "get", operation("state", language, "application/json"),
                        "delete", operation("delete", language, "application/json")));
        paths.put(
                exports + "/{export}/content",
                Map.of("get", operation("content", language, "text/csv", "application/x-ndjson")));
        paths.put(
                exports + "/{export}/signature",
                Map.of("get", operation("signature", language, "text/plain")));
        return paths;
    }

    private Map<String, Object> order(Interface each, Locale language) {
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("summary", text("order", language));
        operation.put(
                "parameters",
                List.of(
                        Map.of(
                                "name",
                                "format",
                                "in",
                                "query",
                                "required",
                                true,
                                "schema",
                                Map.of("type", "string", "enum", List.of("csv", "ndjson")))));
        operation.put(
                "requestBody",
                Map.of(
                        "required",
                        each.exports() == null || !each.exports().whole(),
                        "description",
                        text("body", language, String.join(", ", each.keys())),
                        "content",
                        Map.of("application/json", Map.of("schema", Map.of("type", "object")))));
        operation.put("responses", Map.of("202", Map.of("description", text("ordered", language))));
        return operation;
    }

    private Map<String, Object> operation(String what, Locale language, String... types) {
        Map<String, Object> content = new LinkedHashMap<>();
        for (String type : types) {
            content.put(type, Map.of());
        }
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("summary", text(what, language));
        operation.put(
                "parameters",
                List.of(
                        Map.of(
                                "name",
                                "export",
                                "in",
                                "path",
                                "required",
                                true,
                                "schema",
                                Map.of("type", "string", "format", "uuid"))));
        operation.put(
                "responses",
                Map.of("200", Map.of("description", text(what, language), "content", content)));
        return operation;
    }

    private String text(String what, Locale language, Object... named) {
        return texts.getMessage("sharing.openapi.files." + what, named, language);
    }
}
