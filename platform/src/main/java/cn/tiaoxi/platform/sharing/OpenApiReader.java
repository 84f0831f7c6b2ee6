package cn.tiaoxi.platform.sharing;

import cn.tiaoxi.contract.HttpUpstream.Format;
import cn.tiaoxi.contract.HttpUpstream.Method;
import cn.tiaoxi.contract.HttpUpstream.Parameter;
import cn.tiaoxi.contract.HttpUpstream.Place;
import cn.tiaoxi.platform.border.BorderException;
import cn.tiaoxi.platform.sharing.ServiceDocument.Note;
import cn.tiaoxi.platform.sharing.ServiceDocument.Operation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Reads OpenAPI documents, 3.0 and 3.1, JSON and YAML, as far as gateways can follow them: scalar
 * parameters, JSON bodies of scalars, schemas within the document. Nothing is fetched. What is left
 * out is noted.
 */
final class OpenApiReader {
    private static final int LONGEST = 2 << 20;
    private static final int MOST_OPERATIONS = 500;
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final YAMLMapper YAML = YAMLMapper.builder().build();

    private final Schemas schemas;
    private final JsonNode root;

    private OpenApiReader(JsonNode root) {
        this.root = root;
        this.schemas = new Schemas(root);
    }

    /**
     * Reads a document.
     *
     * @throws BorderException if it is none, too long, or of another version
     */
    static ServiceDocument read(String text) {
        if (text.length() > LONGEST) {
            throw BorderException.invalid("document", "border.tooLong", LONGEST);
        }
        JsonNode root = parse(text.strip());
        String version = root.path("openapi").asString("");
        if (!version.startsWith("3.0") && !version.startsWith("3.1")) {
            throw BorderException.invalid("document", "sharing.document.version");
        }
        return new OpenApiReader(root).document();
    }

    private static JsonNode parse(String text) {
        try {
            JsonNode root = text.startsWith("{") ? JSON.readTree(text) : YAML.readTree(text);
            if (root != null && root.isObject()) {
                return root;
            }
        } catch (JacksonException e) {
            throw BorderException.invalid(
                    "document",
                    "sharing.document.unreadable",
                    e.getLocation() == null ? 0 : e.getLocation().getLineNr());
        }
        throw BorderException.invalid("document", "sharing.document.unreadable", 1);
    }

    private ServiceDocument document() {
        List<Operation> operations = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : root.path("paths").properties()) {
            JsonNode item = schemas.resolved(path.getValue());
            for (Method method : Method.values()) {
                JsonNode operation = item.path(method.name().toLowerCase(Locale.ROOT));
                if (operation.isObject() && operations.size() < MOST_OPERATIONS) {
                    operations.add(operation(method, path.getKey(), item, operation));
                }
            }
        }
        if (operations.isEmpty()) {
            throw BorderException.invalid("document", "sharing.document.empty");
        }
        return new ServiceDocument(
                root.path("info").path("title").asString(""), address(), operations);
    }

    private @Nullable String address() {
        String url = root.path("servers").path(0).path("url").asString("").replaceAll("/+$", "");
        return url.startsWith("http://") || url.startsWith("https://") ? url : null;
    }

    private Operation operation(Method method, String path, JsonNode item, JsonNode operation) {
        Draft draft = new Draft();
        Map<String, JsonNode> named = new LinkedHashMap<>();
        for (JsonNode list : List.of(item.path("parameters"), operation.path("parameters"))) {
            for (JsonNode each : list) {
                JsonNode parameter = schemas.resolved(each);
                named.put(
                        parameter.path("in").asString("")
                                + ":"
                                + parameter.path("name").asString(""),
                        parameter);
            }
        }
        named.values().forEach(parameter -> parameter(draft, parameter));
        body(draft, method, schemas.resolved(operation.path("requestBody")));
        JsonNode content = content(operation.path("responses"));
        Format format = format(content);
        if (format == null) {
            draft.leaveOut("sharing.document.noAnswer", "200", true);
        }
        String summary = operation.path("summary").asString("");
        return new Operation(
                method,
                path,
                summary.isBlank() ? operation.path("operationId").asString("") : summary,
                draft.parameters,
                format == null ? Format.JSON : format,
                format == null
                        ? List.of()
                        : new AnswerSchema(schemas).places(media(content, format), format),
                draft.notes,
                draft.usable);
    }

    /** What is known of an operation so far. */
    private static final class Draft {
        private final List<Parameter> parameters = new ArrayList<>();
        private final List<Note> notes = new ArrayList<>();
        private boolean usable = true;

        void leaveOut(String code, String about, boolean required) {
            notes.add(new Note(code, about));
            usable &= !required;
        }
    }

    private void parameter(Draft draft, JsonNode parameter) {
        String name = parameter.path("name").asString("");
        boolean required = parameter.path("required").asBoolean(false);
        Place place =
                switch (parameter.path("in").asString("")) {
                    case "path" -> Place.PATH;
                    case "query" -> Place.QUERY;
                    case "header" -> Place.HEADER;
                    default -> null;
                };
        if (place == null || !parameter.has("schema")) {
            draft.leaveOut("sharing.document.place", name, required);
            return;
        }
        add(
                draft,
                name,
                place,
                required || place == Place.PATH,
                parameter.path("schema"),
                parameter.path("description").asString(""));
    }

    private void add(
            Draft draft,
            String name,
            Place place,
            boolean required,
            JsonNode given,
            String description) {
        JsonNode schema = schemas.merged(given);
        var type = Schemas.type(schema);
        if (type == null) {
            draft.leaveOut("sharing.document.shape", name, required);
            return;
        }
        ParameterSchema limits = new ParameterSchema(schema);
        if (limits.hasStrangePattern()) {
            draft.leaveOut("sharing.document.pattern", name, false);
        }
        try {
            draft.parameters.add(
                    limits.parameter(
                            name,
                            place,
                            required,
                            type,
                            description.isBlank()
                                    ? schema.path("description").asString("")
                                    : description));
        } catch (IllegalArgumentException e) {
            draft.leaveOut("sharing.document.name", name, required);
        }
    }

    private void body(Draft draft, Method method, JsonNode body) {
        if (method != Method.POST || !body.isObject()) {
            return;
        }
        boolean required = body.path("required").asBoolean(false);
        JsonNode schema =
                schemas.merged(body.path("content").path("application/json").path("schema"));
        JsonNode properties = schema.path("properties");
        if (!properties.isObject()) {
            draft.leaveOut("sharing.document.body", "requestBody", required);
            return;
        }
        List<String> needed = new ArrayList<>();
        schema.path("required").forEach(name -> needed.add(name.asString()));
        for (Map.Entry<String, JsonNode> member : properties.properties()) {
            add(
                    draft,
                    member.getKey(),
                    Place.BODY,
                    needed.contains(member.getKey()),
                    member.getValue(),
                    "");
        }
    }

    private JsonNode content(JsonNode responses) {
        for (String status : List.of("200", "2XX", "2xx", "default")) {
            JsonNode response = schemas.resolved(responses.path(status));
            if (response.path("content").isObject()) {
                return response.path("content");
            }
        }
        return root.path("no such thing");
    }

    private static @Nullable Format format(JsonNode content) {
        for (Map.Entry<String, JsonNode> media : content.properties()) {
            String type = media.getKey().toLowerCase(Locale.ROOT).split(";")[0].strip();
            if (type.equals("application/json") || type.endsWith("+json") || type.equals("*/*")) {
                return Format.JSON;
            }
            if (type.endsWith("ndjson") || type.equals("application/jsonl")) {
                return Format.NDJSON;
            }
            if (type.equals("text/csv")) {
                return Format.CSV;
            }
        }
        return null;
    }

    private static JsonNode media(JsonNode content, Format format) {
        for (Map.Entry<String, JsonNode> media : content.properties()) {
            String type = media.getKey().toLowerCase(Locale.ROOT);
            boolean fits =
                    switch (format) {
                        case JSON -> type.contains("json") || type.equals("*/*");
                        case NDJSON -> type.contains("ndjson") || type.contains("jsonl");
                        case CSV -> type.startsWith("text/csv");
                    };
            if (fits) {
                return media.getValue().path("schema");
            }
        }
        return content.path("no such thing");
    }
}
