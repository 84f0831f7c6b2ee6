package cn.tiaoxi.platform.sharing;

import cn.tiaoxi.contract.HttpUpstream.Format;
import cn.tiaoxi.contract.PolicySnapshot.FieldType;
import cn.tiaoxi.platform.sharing.ServiceDocument.Found;
import cn.tiaoxi.platform.sharing.ServiceDocument.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Finds the fields in the schema of an answer, and where its records stand. Lists are looked
 * through, as gateways do.
 */
final class AnswerSchema {
    private static final int DEEPEST = 8;
    private static final int MOST_FIELDS = 300;
    private static final int MOST_PLACES = 20;

    private final Schemas schemas;
    private final List<Candidate> candidates = new ArrayList<>();
    private final List<String> scalars = new ArrayList<>();

    /** An object that may be the record. */
    private record Candidate(String pointer, JsonNode schema, boolean listed, int depth) {}

    AnswerSchema(Schemas schemas) {
        this.schemas = schemas;
    }

    /** Where records may stand: lists of objects before single objects, outer before inner. */
    List<Place> places(JsonNode answer, Format format) {
        walk(answer, "", false, 0);
        candidates.sort(
                Comparator.comparing((Candidate c) -> !c.listed())
                        .thenComparingInt(Candidate::depth));
        return candidates.stream()
                .filter(c -> format == Format.JSON || c.pointer().isEmpty())
                .limit(MOST_PLACES)
                .map(this::place)
                .filter(place -> !place.fields().isEmpty())
                .toList();
    }

    private void walk(JsonNode node, String pointer, boolean listed, int depth) {
        if (depth > DEEPEST) {
            return;
        }
        JsonNode schema = schemas.merged(node);
        switch (Schemas.typeName(schema)) {
            case "object" -> {
                candidates.add(new Candidate(pointer, schema, listed, depth));
                for (Map.Entry<String, JsonNode> member : schema.path("properties").properties()) {
                    walk(
                            member.getValue(),
                            pointer + "/" + step(member.getKey()),
                            false,
                            depth + 1);
                }
            }
            case "array" -> walk(schema.path("items"), pointer, true, depth + 1);
            case "" -> {}
            default -> scalars.add(pointer);
        }
    }

    private Place place(Candidate candidate) {
        List<Found> fields = new ArrayList<>();
        fields(candidate.schema(), "", fields, 0);
        String inside = candidate.pointer() + "/";
        List<String> around =
                scalars.stream()
                        .filter(pointer -> !pointer.startsWith(inside))
                        .filter(pointer -> !pointer.isEmpty())
                        .limit(MOST_FIELDS)
                        .toList();
        return new Place(candidate.pointer(), fields, around);
    }

    private void fields(JsonNode node, String pointer, List<Found> found, int depth) {
        JsonNode schema = schemas.merged(node);
        String type = Schemas.typeName(schema);
        if (depth > DEEPEST || found.size() >= MOST_FIELDS) {
            return;
        }
        if (type.equals("array")) {
            fields(schema.path("items"), pointer, found, depth + 1);
        } else if (type.equals("object")) {
            for (Map.Entry<String, JsonNode> member : schema.path("properties").properties()) {
                fields(member.getValue(), pointer + "/" + step(member.getKey()), found, depth + 1);
            }
        } else if (!pointer.isEmpty()) {
            found.add(found(schema, pointer));
        }
    }

    /** A member of the record goes by its plain name. */
    private static Found found(JsonNode schema, String pointer) {
        boolean member = pointer.indexOf('/', 1) < 0;
        String last = pointer.substring(pointer.lastIndexOf('/') + 1);
        String plain = last.replace("~1", "/").replace("~0", "~");
        String name = member && !plain.startsWith("/") ? plain : pointer;
        FieldType type = Schemas.type(schema);
        String title = schema.path("title").asString("");
        String description = schema.path("description").asString("");
        boolean brief = !description.isBlank() && description.length() <= 20;
        return new Found(
                name,
                title.isBlank() ? (brief ? description : plain) : title,
                type == null ? FieldType.TEXT : type,
                description);
    }

    private static String step(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
