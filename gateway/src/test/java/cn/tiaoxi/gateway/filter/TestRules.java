package cn.tiaoxi.gateway.filter;

import cn.tiaoxi.contract.Masks;
import cn.tiaoxi.contract.PolicySnapshot.Field;
import cn.tiaoxi.contract.PolicySnapshot.FieldType;
import cn.tiaoxi.contract.PolicySnapshot.Grade;
import cn.tiaoxi.contract.PolicySnapshot.Grant;
import cn.tiaoxi.contract.PolicySnapshot.GrantState;
import cn.tiaoxi.contract.PolicySnapshot.InterfaceState;
import cn.tiaoxi.contract.PolicySnapshot.Mask;
import cn.tiaoxi.contract.PolicySnapshot.PublishedInterface;
import cn.tiaoxi.contract.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * An interface and a grant for tests, and what they let through, computed the plain way: parse,
 * filter, with Jackson and collections.
 *
 * @param known fields of the interface
 * @param granted fields of the grant
 */
record TestRules(
        RecordPlace place, List<String> known, List<String> granted, Map<String, Mask> masks) {

    FieldRules rules() {
        List<Field> fields = new ArrayList<>();
        known.forEach(name -> fields.add(new Field(name, name, FieldType.TEXT, Grade.L2, "")));
        PublishedInterface served =
                new PublishedInterface(
                        "i", "i", "d", "o", "s.t", List.of(), fields, 100, InterfaceState.LIVE);
        Grant grant =
                new Grant(
                        "g",
                        "a",
                        "i",
                        granted,
                        masks,
                        "p",
                        1,
                        1,
                        Instant.EPOCH,
                        Instant.MAX,
                        GrantState.ACTIVE);
        return FieldRules.of(served, grant, place);
    }

    private String pointer(String name) {
        boolean pointer = name.startsWith("/");
        return place.records() + (pointer ? name : "/" + step(name));
    }

    private static String step(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    private boolean isGranted(String pointer) {
        return granted.stream().anyMatch(name -> pointer(name).equals(pointer))
                || place.around().contains(pointer)
                        && known.stream().noneMatch(name -> pointer(name).equals(pointer));
    }

    private boolean isShown(String pointer) {
        return isGranted(pointer)
                || granted.stream().anyMatch(name -> pointer(name).startsWith(pointer + "/"))
                || place.around().stream().anyMatch(other -> other.startsWith(pointer + "/"));
    }

    private @Nullable Mask mask(String pointer) {
        for (String name : granted) {
            if (pointer(name).equals(pointer)) {
                return masks.get(name);
            }
        }
        return null;
    }

    /** What is left of a value that {@link #tree} read. */
    @Nullable Object filtered(@Nullable Object value, String pointer) {
        Mask mask = mask(pointer);
        if (value instanceof Map<?, ?> members) {
            if (mask != null) {
                return "s" + Masks.HIDDEN;
            }
            Map<String, Object> kept = new LinkedHashMap<>();
            members.forEach(
                    (name, member) -> {
                        String step = step((String) name);
                        if (isShown(pointer + "/" + step)) {
                            kept.put((String) name, filtered(member, pointer + "/" + step));
                        }
                    });
            return kept;
        }
        if (value instanceof List<?> elements) {
            List<Object> kept = new ArrayList<>();
            elements.forEach(element -> kept.add(filtered(element, pointer)));
            return kept;
        }
        if (!isGranted(pointer)) {
            return null;
        }
        if (mask == null) {
            return value;
        }
        String text = value == null ? null : ((String) value).substring(1);
        String masked = Masks.apply(mask, text);
        return masked == null ? null : "s" + masked;
    }

    /** A value as maps, lists, null, and texts that begin with s for texts and v for others. */
    static @Nullable Object tree(String json) {
        try (JsonParser parser = Wire.JSON.createParser(json)) {
            parser.nextToken();
            Object tree = tree(parser);
            if (parser.nextToken() != null) {
                throw new IllegalArgumentException("two values");
            }
            return tree;
        }
    }

    private static @Nullable Object tree(JsonParser parser) {
        switch (parser.currentToken()) {
            case START_OBJECT -> {
                Map<String, Object> members = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    members.put(name, tree(parser));
                }
                return members;
            }
            case START_ARRAY -> {
                List<Object> elements = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    elements.add(tree(parser));
                }
                return elements;
            }
            case VALUE_NULL -> {
                return null;
            }
            case VALUE_STRING -> {
                return "s" + parser.getString();
            }
            case null -> throw new IllegalArgumentException("no value");
            default -> {
                return "v" + parser.getString();
            }
        }
    }

    /** Runs a body through a filter, cut where the sizes say, which are repeated. */
    static String run(AnswerFilter filter, byte[] body, int... sizes) {
        ByteBuf out = Unpooled.buffer();
        run(filter, body, out, Unpooled::wrappedBuffer, sizes);
        return out.toString(StandardCharsets.UTF_8);
    }

    /** Makes a buffer of a piece of the body. */
    interface Wrapping {
        ByteBuf wrap(byte[] bytes, int from, int length);
    }

    static void run(
            AnswerFilter filter, byte[] body, ByteBuf out, Wrapping wrapping, int... sizes) {
        int from = 0;
        for (int i = 0; from < body.length; i++) {
            int length = Math.min(body.length - from, sizes[i % sizes.length]);
            ByteBuf piece = wrapping.wrap(body, from, length);
            try {
                filter.accept(piece, out);
            } finally {
                piece.release();
            }
            from += length;
        }
        filter.end(out);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The fault that a body ends with, after what came out of it, or null and all of it. */
    static Outcome outcome(Supplier<AnswerFilter> filters, byte[] body, int... sizes) {
        ByteBuf out = Unpooled.buffer();
        try {
            run(filters.get(), body, out, Unpooled::wrappedBuffer, sizes);
            return new Outcome(null, out.toString(StandardCharsets.UTF_8));
        } catch (BrokenAnswerException e) {
            return new Outcome(e, out.toString(StandardCharsets.UTF_8));
        }
    }

    /** How a body ended. */
    record Outcome(@Nullable BrokenAnswerException broken, String shown) {}
}
