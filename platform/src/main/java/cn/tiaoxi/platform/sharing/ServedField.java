package cn.tiaoxi.platform.sharing;

import cn.tiaoxi.contract.PolicySnapshot.FieldType;
import cn.tiaoxi.contract.PolicySnapshot.Grade;
import org.jspecify.annotations.Nullable;

/**
 * A field of an interface.
 *
 * @param name column name, also the name on the wire
 * @param label name for people
 * @param type type on the wire
 * @param grade grade that a person confirmed
 * @param kind what the values are, or null where it is not known; decides how they are hidden
 * @param description meaning, or empty
 */
public record ServedField(
        String name,
        String label,
        FieldType type,
        Grade grade,
        @Nullable String kind,
        String description) {
    /** The same without white space around its words. */
    ServedField tidy() {
        return new ServedField(
                name.strip(),
                label.strip(),
                type,
                grade,
                kind == null || kind.isBlank() ? null : kind.strip(),
                description == null ? "" : description.strip());
    }
}
