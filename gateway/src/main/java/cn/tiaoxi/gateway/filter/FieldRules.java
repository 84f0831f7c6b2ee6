package cn.tiaoxi.gateway.filter;

import cn.tiaoxi.contract.PolicySnapshot.Field;
import cn.tiaoxi.contract.PolicySnapshot.Grant;
import cn.tiaoxi.contract.PolicySnapshot.Mask;
import cn.tiaoxi.contract.PolicySnapshot.PublishedInterface;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a grant lets through of an interface's answers. Immutable; made once for each grant.
 *
 * <p>A field's name is a member of the record, or a JSON pointer from the record ({@code
 * /contact/phone}), recognised by its slash. Fields that neither the interface nor the {@linkplain
 * RecordPlace place} names are unknown. In answers:
 *
 * <ul>
 *   <li>a member of an object is kept if it is granted or on the way to a granted field, else
 *       removed with its value; arrays are looked through;
 *   <li>a granted field covers its own texts, numbers and truth values, not members of an object in
 *       their place: each has to be granted by itself, since each has a grade of its own;
 *   <li>a value other than an object that stands on the way, where nothing is granted, becomes
 *       {@code null};
 *   <li>a masked text, number or truth value becomes text; {@code null} stays unless the mask hides
 *       everything; each element of an array is masked; an object is hidden whole.
 * </ul>
 */
public final class FieldRules {
    /** Longest name of a field or of a step to it, in bytes of UTF-8. */
    static final int LONGEST_NAME = 512;

    private final FieldNode body;
    private final FieldNode record;

    private FieldRules(FieldNode body, FieldNode record) {
        this.body = body;
        this.record = record;
    }

    /**
     * The rules of a grant.
     *
     * @throws IllegalArgumentException if a name is longer than 512 bytes, or no JSON pointer
     *     though it begins with a slash
     */
    public static FieldRules of(PublishedInterface served, Grant grant, RecordPlace place) {
        return of(served, grant.fields(), grant.masks(), place);
    }

    /** Lets the values of one field through as they are, and nothing else. */
    public static FieldRules only(PublishedInterface served, String field, RecordPlace place) {
        return of(served, List.of(field), Map.of(), new RecordPlace(place.records(), List.of()));
    }

    /**
     * The rules of a grant, or of a part of it.
     *
     * @param granted names of the fields that are let through
     * @param masks how they are hidden, by name
     * @throws IllegalArgumentException as of the others
     */
    public static FieldRules of(
            PublishedInterface served,
            Collection<String> granted,
            Map<String, Mask> masks,
            RecordPlace place) {
        Draft body = new Draft();
        List<String> way = RecordPlace.steps(place.records());
        body.at(way);
        for (Field field : served.fields()) {
            List<String> steps = new ArrayList<>(way);
            if (field.name().startsWith("/")) {
                steps.addAll(RecordPlace.steps(field.name()));
            } else {
                steps.add(field.name());
            }
            Draft draft = body.at(steps);
            draft.field = true;
            if (granted.contains(field.name())) {
                draft.grant(masks.get(field.name()));
            }
        }
        for (String pointer : place.around()) {
            Draft draft = body.at(RecordPlace.steps(pointer));
            if (!draft.field) {
                draft.grant(null);
            }
        }
        FieldNode root = body.node("");
        return new FieldRules(root, walk(root, way));
    }

    private static FieldNode walk(FieldNode from, List<String> way) {
        FieldNode node = from;
        for (String step : way) {
            byte[] name = step.getBytes(StandardCharsets.UTF_8);
            FieldNode child = node.child(name, 0, name.length);
            if (child == null) {
                throw new IllegalStateException("no way to the records");
            }
            node = child;
        }
        return node;
    }

    FieldNode body() {
        return body;
    }

    /** Whose children are the record's own fields: the columns of a table. */
    FieldNode record() {
        return record;
    }

    /** A field that rules are being made for. */
    private static final class Draft {
        private final Map<String, Draft> children = new LinkedHashMap<>();
        private boolean field;
        private boolean granted;
        private @Nullable Mask mask;

        Draft at(List<String> steps) {
            Draft draft = this;
            for (String step : steps) {
                if (step.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
                    throw new IllegalArgumentException("A field's name is too long: " + step);
                }
                draft = draft.children.computeIfAbsent(step, name -> new Draft());
            }
            return draft;
        }

        /** Two names for one field, of which one is masked: it is masked. */
        void grant(@Nullable Mask mask) {
            if (mask != null || !granted) {
                this.mask = mask;
            }
            granted = true;
        }

        FieldNode node(String pointer) {
            Map<String, FieldNode> nodes = new LinkedHashMap<>();
            children.forEach(
                    (name, child) ->
                            nodes.put(
                                    name,
                                    child.node(
                                            pointer
                                                    + "/"
                                                    + name.replace("~", "~0").replace("/", "~1"))));
            return new FieldNode(pointer, granted, mask, nodes);
        }
    }
}
