package cn.tiaoxi.contract;

import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One member of a {@code Signature-Input} header: what is signed, and with which parameters.
 * Components with parameters of their own ({@code ;sf}, {@code ;req} …) are not supported.
 *
 * @param label the member's name, the same in the {@code Signature} header
 * @param components names of the covered components, in order, each once
 * @param parameters signature parameters in order; values are text or whole numbers
 */
public record SignatureInput(
        String label, List<String> components, Map<String, Object> parameters) {

    public SignatureInput {
        components = List.copyOf(components);
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        if (new HashSet<>(components).size() != components.size()) {
            throw new IllegalArgumentException("A component is covered twice");
        }
    }

    /**
     * Reads a {@code Signature-Input} header.
     *
     * @throws IllegalArgumentException if it is not well formed
     */
    public static Map<String, SignatureInput> parse(String header) {
        return new StructuredFieldReader(header).signatureInputs();
    }

    /**
     * Reads a {@code Signature} header: signatures by label.
     *
     * @throws IllegalArgumentException if it is not well formed
     */
    public static Map<String, byte[]> parseSignatures(String header) {
        return new StructuredFieldReader(header).byteSequences();
    }

    /** The member's value as it stands in the header and, as the last line, in what is signed. */
    public String value() {
        StringBuilder text = new StringBuilder("(");
        for (int i = 0; i < components.size(); i++) {
            text.append(i == 0 ? "" : " ");
            quote(components.get(i), text);
        }
        text.append(')');
        parameters.forEach(
                (name, value) -> {
                    text.append(';').append(name);
                    if (value instanceof String string) {
                        quote(string, text.append('='));
                    } else if (!Boolean.TRUE.equals(value)) {
                        text.append('=').append(value);
                    }
                });
        return text.toString();
    }

    /**
     * The text that is signed (RFC 9421 section 2.5).
     *
     * @throws IllegalArgumentException if a covered component is absent from the request
     */
    public String base(RequestParts request) {
        StringBuilder text = new StringBuilder(256);
        for (String component : components) {
            String value = request.component(component);
            if (value == null) {
                throw new IllegalArgumentException(
                        "The request has no component \"" + component + "\"");
            }
            text.append('"').append(component).append("\": ").append(value).append('\n');
        }
        return text.append("\"@signature-params\": ").append(value()).toString();
    }

    /** When the signature was made, or null if it does not say (or says it in no whole seconds). */
    public @Nullable Instant created() {
        return parameters.get("created") instanceof Long seconds
                ? Instant.ofEpochSecond(seconds)
                : null;
    }

    /** When the signature lapses, or null if it does not say. */
    public @Nullable Instant expires() {
        return parameters.get("expires") instanceof Long seconds
                ? Instant.ofEpochSecond(seconds)
                : null;
    }

    /** A text parameter such as {@code keyid}, {@code nonce}, {@code alg}, {@code tag}, or null. */
    public @Nullable String text(String parameter) {
        return parameters.get(parameter) instanceof String text ? text : null;
    }

    private static void quote(String value, StringBuilder into) {
        into.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                into.append('\\');
            }
            into.append(c);
        }
        into.append('"');
    }
}
