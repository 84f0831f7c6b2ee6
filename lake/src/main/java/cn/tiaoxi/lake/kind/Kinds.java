package cn.tiaoxi.lake.kind;

import cn.tiaoxi.lake.ColumnType;
import cn.tiaoxi.lake.LakeColumn;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The kinds that are recognised. They are data: {@link #standard} reads those that come with the
 * platform, and a city may bring its own list in the same form.
 */
public final class Kinds {
    private final List<Kind> kinds;

    /** A list of kinds; among equally good matches the earlier wins. */
    public Kinds(List<Kind> kinds) {
        this.kinds = List.copyOf(kinds);
    }

    /** The kinds that come with the platform. */
    public static Kinds standard() {
        try (InputStream in = Kinds.class.getResourceAsStream("kinds.json")) {
            if (in == null) {
                throw new IllegalStateException("kinds.json is missing");
            }
            return read(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads kinds from JSON: an array of objects whose members are named like those of {@link
     * Kind}.
     *
     * @throws IllegalArgumentException if a member is missing or wrong; names the kind
     */
    public static Kinds read(InputStream json) {
        List<Kind> kinds = new ArrayList<>();
        for (JsonNode node : JsonMapper.shared().readTree(json)) {
            kinds.add(kind(node));
        }
        return new Kinds(kinds);
    }

    private static Kind kind(JsonNode node) {
        String id = required(node, "id");
        try {
            Set<ColumnType> types = EnumSet.noneOf(ColumnType.class);
            texts(node, "types").forEach(type -> types.add(ColumnType.valueOf(type)));
            String pattern = optional(node, "pattern");
            String check = optional(node, "check");
            return new Kind(
                    id,
                    required(node, "name"),
                    required(node, "nameEn"),
                    types,
                    pattern == null ? null : Pattern.compile(pattern),
                    check == null ? Check.NONE : Check.valueOf(check),
                    new HashSet<>(texts(node, "values")),
                    texts(node, "words"),
                    node.path("strength").asDouble(),
                    Grade.valueOf(required(node, "grade")),
                    required(node, "reason"),
                    required(node, "reasonEn"),
                    optional(node, "element"));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("kind " + id + ": " + e.getMessage(), e);
        }
    }

    private static String required(JsonNode node, String name) {
        String text = optional(node, name);
        if (text == null) {
            throw new IllegalArgumentException("a kind has no " + name);
        }
        return text;
    }

    private static @Nullable String optional(JsonNode node, String name) {
        JsonNode value = node.path(name);
        return value.isString() ? value.asString() : null;
    }

    private static List<String> texts(JsonNode node, String name) {
        List<String> texts = new ArrayList<>();
        for (JsonNode text : node.path(name)) {
            texts.add(text.asString());
        }
        return texts;
    }

    /** The kinds in their order. */
    public List<Kind> all() {
        return kinds;
    }

    /** Starts to recognise a column; its values are added to what is returned. */
    public KindTally tally(LakeColumn column) {
        String text = (column.name() + " " + column.label()).toLowerCase(Locale.ROOT);
        List<Kind> candidates =
                kinds.stream().filter(kind -> kind.types().contains(column.type())).toList();
        return new KindTally(candidates, text);
    }
}
