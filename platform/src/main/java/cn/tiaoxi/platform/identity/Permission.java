package cn.tiaoxi.platform.identity;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a person must be permitted to call this endpoint. An endpoint without it, or without {@link
 * OpenToAll} or {@link SignedIn}, cannot be called. The object's organisation is checked besides,
 * by {@link Access#require}.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Permission {
    /** Name of the permission, for example {@code dataset:read}. */
    String value();
}
