package cn.tiaoxi.platform.sharing;

import cn.tiaoxi.contract.HttpUpstream;
import cn.tiaoxi.contract.PolicySnapshot.Algorithm;
import cn.tiaoxi.contract.PolicySnapshot.FieldType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Tells programmers how to call an interface: its OpenAPI document and samples that run. */
@Component
public class Guides {
    private static final List<String> STATUSES =
            List.of("400", "401", "403", "404", "410", "422", "429", "502", "503", "504");

    private final SharingProperties properties;
    private final MessageSource texts;
    private final FileGuide fileGuide;

    Guides(SharingProperties properties, MessageSource texts) {
        this.properties = properties;
        this.texts = texts;
        this.fileGuide = new FileGuide(texts);
    }

    /** Where callers reach an interface. */
    public String address(Interface each) {
        return properties.base() + "/api/" + each.id();
    }

    /**
     * Source of samples, each with the line that runs it; null where a key's style has none.
     *
     * @param files orders a file and fetches it; null where none may be made
     */
    public record Samples(
            String curl,
            @Nullable String java,
            @Nullable String python,
            @Nullable String tiaoxi,
            @Nullable String files) {
        Samples(
                String curl,
                @Nullable String java,
                @Nullable String python,
                @Nullable String tiaoxi) {
            this(curl, java, python, tiaoxi, null);
        }

        Samples with(@Nullable String ofFiles) {
            return new Samples(curl, java, python, tiaoxi, ofFiles);
        }
    }

    /**
     * Samples that call an interface, in the style of the key.
     *
     * @param key the caller's key, or null where none is chosen
     */
    public Samples samples(Interface each, Application.@Nullable Key key) {
        return ofCalls(each, key).with(each.exports() == null ? null : ofFiles(each, key));
    }

    private @Nullable String ofFiles(Interface each, Application.@Nullable Key key) {
        String setting =
                switch (key == null ? Algorithm.HMAC_SHA256 : key.algorithm()) {
                    case HMAC_SHA256 -> "";
                    case HMAC_SM3 -> "ALGORITHM=hmac-sm3 ";
                    case SM2_SM3 -> "ALGORITHM=sm2-sm3 ";
                    case ED25519, PROVINCE_HMAC, PROVINCE_TOKEN, MUTUAL_TLS -> null;
                };
        return setting == null
                ? null
                : "# %sbash export.sh %s %s secret.txt %s csv %s.csv '{\"%s\": VALUE}'%n%s"
                        .formatted(
                                setting,
                                properties.base(),
                                key == null ? "KEY_ID" : key.id(),
                                each.id(),
                                each.id(),
                                each.keys().getFirst(),
                                sample("export.sh"));
    }

    private Samples ofCalls(Interface each, Application.@Nullable Key key) {
        Algorithm algorithm = key == null ? Algorithm.HMAC_SHA256 : key.algorithm();
        Call call =
                new Call(
                        properties.base() + " " + (key == null ? "KEY_ID" : key.id()),
                        "/api/" + each.id(),
                        asked(each),
                        each.isService() ? "" : "&limit=20");
        return switch (algorithm) {
            case HMAC_SHA256, ED25519 ->
                    new Samples(
                            call.shell("", "call.sh", "secret.txt"),
                            "// java Call.java %s key.pem %s%n%s"
                                    .formatted(call.to(), call.rest(), sample("Call.java")),
                            call.python("", "call.py"),
                            "./tiaoxi call %s %s=VALUE".formatted(each.id(), call.field()));
            case HMAC_SM3 -> {
                String setting = "ALGORITHM=hmac-sm3 ";
                yield new Samples(
                        call.shell(setting, "call.sh", "secret.txt"),
                        null,
                        call.python(setting, "call.py"),
                        null);
            }
            case SM2_SM3 ->
                    new Samples(
                            call.shell("ALGORITHM=sm2-sm3 ", "call.sh", "key.pem"),
                            null,
                            null,
                            null);
            case PROVINCE_HMAC ->
                    new Samples(
                            call.shell("", "province-hmac.sh", "secret.txt"),
                            null,
                            call.python("", "province-hmac.py"),
                            null);
            case MUTUAL_TLS ->
                    new Samples(
                            "# bash mutual-tls.sh %s certificate.pem key.pem %s%n%s"
                                    .formatted(
                                            properties.base(),
                                            call.rest(),
                                            sample("mutual-tls.sh")),
                            null,
                            null,
                            null);
            case PROVINCE_TOKEN -> {
                Call token = call.at("/gateway/api/city/dataSharing/" + each.id() + ".htm");
                yield new Samples(
                        token.shell("", "province-token.sh", "secret.txt"),
                        null,
                        token.python("", "province-token.py"),
                        null);
            }
        };
    }

    /** What samples ask by: a key, a parameter that is needed, or the fields wanted. */
    private static String asked(Interface each) {
        HttpUpstream service = each.upstream();
        if (service == null) {
            return each.keys().getFirst();
        }
        return service.parameters().stream()
                .filter(HttpUpstream.Parameter::required)
                .findFirst()
                .map(HttpUpstream.Parameter::name)
                .orElse(each.keys().isEmpty() ? "fields" : each.keys().getFirst());
    }

    /** The arguments that every sample takes. */
    private record Call(String to, String path, String field, String more) {
        Call at(String otherPath) {
            return new Call(to, otherPath, field, more);
        }

        String rest() {
            return "%s '%s=VALUE%s'"
                    .formatted(path, URLEncoder.encode(field, StandardCharsets.UTF_8), more);
        }

        String shell(String setting, String name, String secret) {
            return "# %sbash %s %s %s %s%n%s"
                    .formatted(setting, name, to, secret, rest(), sample(name));
        }

        String python(String setting, String name) {
            return "# %spython3 %s %s secret.txt %s %s=VALUE%n%s"
                    .formatted(setting, name, to, path, field, sample(name));
        }
    }

    private static String sample(String name) {
        try (InputStream stream = Guides.class.getResourceAsStream("/samples/" + name)) {
            if (stream == null) {
                throw new IllegalStateException("The sample " + name + " is not in the build");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The interface as an OpenAPI 3.1 document, described in the given language. */
    public Map<String, Object> openApi(Interface each, Locale language) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("openapi", "3.1.0");
        document.put(
                "info",
                Map.of(
                        "title", each.name(),
                        "version", Integer.toString(each.generation()),
                        "description", text("description", language, each.datasetTitle())));
        document.put("servers", List.of(Map.of("url", properties.base())));
        Map<String, Object> paths = new LinkedHashMap<>();
        paths.put("/api/" + each.id(), Map.of("get", operation(each, language)));
        if (each.exports() != null) {
            paths.putAll(fileGuide.paths(each, language));
        }
        document.put("paths", paths);
        document.put("components", components(each, language));
        return document;
    }

    private Map<String, Object> operation(Interface each, Locale language) {
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("operationId", each.id());
        operation.put("summary", each.name());
        HttpUpstream service = each.upstream();
        ServiceGuide own = service == null ? null : new ServiceGuide(each, service);
        operation.put(
                "parameters",
                own == null
                        ? parameters(each, language)
                        : own.parameters(text("fields", language)));
        Map<String, Object> responses = new LinkedHashMap<>();
        responses.put(
                "200",
                Map.of(
                        "description",
                        text("rows", language),
                        "content",
                        Map.of(
                                own == null ? "application/json" : own.mediaType(),
                                Map.of("schema", Map.of("$ref", "#/components/schemas/Answer")))));
        Map<String, Object> problem =
                Map.of(
                        "description",
                        text("refused", language),
                        "content",
                        Map.of(
                                "application/problem+json",
                                Map.of("schema", Map.of("$ref", "#/components/schemas/Problem"))));
        for (String status : STATUSES) {
            responses.put(status, problem);
        }
        operation.put("responses", responses);
        operation.put("security", List.of(Map.of("signature", List.of(), "input", List.of())));
        return operation;
    }

    private List<Map<String, Object>> parameters(Interface each, Locale language) {
        List<Map<String, Object>> parameters = new ArrayList<>();
        for (ServedField field : each.fields()) {
            if (each.keys().contains(field.name())) {
                parameters.add(
                        parameter(
                                field.name(),
                                text("key", language, field.label()),
                                schema(field.type())));
            }
            if (each.ranges().contains(field.name())) {
                for (String end : List.of("from", "before")) {
                    parameters.add(
                            parameter(
                                    field.name() + "." + end,
                                    text(end, language, field.label()),
                                    schema(field.type())));
                }
            }
        }
        parameters.add(parameter("fields", text("fields", language), Map.of("type", "string")));
        parameters.add(
                parameter(
                        "limit",
                        text("limit", language),
                        Map.of("type", "integer", "minimum", 1, "maximum", each.pageLimit())));
        parameters.add(parameter("after", text("after", language), Map.of("type", "string")));
        return parameters;
    }

    private String text(String what, Locale language, Object... named) {
        return texts.getMessage("sharing.openapi." + what, named, language);
    }

    private static Map<String, Object> parameter(
            String name, String description, Map<String, Object> schema) {
        return Map.of("name", name, "in", "query", "description", description, "schema", schema);
    }

    private Map<String, Object> components(Interface each, Locale language) {
        Map<String, Object> row = new LinkedHashMap<>();
        for (ServedField field : each.fields()) {
            Map<String, Object> schema = new LinkedHashMap<>(schema(field.type()));
            schema.put("type", List.of(String.valueOf(schema.get("type")), "null"));
            schema.put("title", field.label());
            schema.put("description", (field.description() + " " + field.grade()).strip());
            row.put(field.name(), schema);
        }
        Map<String, Object> problem =
                Map.of(
                        "type",
                        "object",
                        "properties",
                        Map.of(
                                "code", Map.of("type", "string"),
                                "title", Map.of("type", "string"),
                                "detail", Map.of("type", "string"),
                                "status", Map.of("type", "integer")));
        HttpUpstream service = each.upstream();
        Map<String, Object> answer =
                service == null
                        ? rows(row)
                        : new ServiceGuide(each, service).answer(text("rows", language));
        return Map.of(
                "schemas",
                Map.of("Answer", answer, "Problem", problem),
                "securitySchemes",
                Map.of(
                        "signature", Map.of("type", "apiKey", "in", "header", "name", "Signature"),
                        "input",
                                Map.of(
                                        "type",
                                        "apiKey",
                                        "in",
                                        "header",
                                        "name",
                                        "Signature-Input")));
    }

    private static Map<String, Object> rows(Map<String, Object> row) {
        return Map.of(
                "type",
                "object",
                "properties",
                Map.of(
                        "items",
                                Map.of(
                                        "type",
                                        "array",
                                        "items",
                                        Map.of("type", "object", "properties", row)),
                        "next", Map.of("type", List.of("string", "null"))));
    }

    static Map<String, Object> schema(FieldType type) {
        return switch (type) {
            case TEXT -> Map.of("type", "string");
            case INTEGER -> Map.of("type", "integer");
            case DECIMAL -> Map.of("type", "number");
            case BOOLEAN -> Map.of("type", "boolean");
            case DATE -> Map.of("type", "string", "format", "date");
            case TIMESTAMP -> Map.of("type", "string", "format", "date-time");
        };
    }
}
