package cn.tiaoxi.platform.city;

import cn.tiaoxi.platform.border.Words;
import org.jspecify.annotations.Nullable;

/**
 * A body that owns data or asks for it.
 *
 * @param code identifier inside the platform
 * @param name its name
 * @param kind what sort of body it is
 * @param parent code of the body above it, null at the top
 * @param creditCode unified social credit code, null where it is not known
 */
public record Organisation(
        String code, Words name, Kind kind, @Nullable String parent, @Nullable String creditCode) {

    /** What sort of body it is. */
    public enum Kind {
        CITY,
        OFFICE,
        COUNTY,
        TOWN,
        ENTERPRISE
    }
}
