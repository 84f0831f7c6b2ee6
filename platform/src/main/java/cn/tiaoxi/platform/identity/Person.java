package cn.tiaoxi.platform.identity;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who may sign in.
 *
 * @param demo made by the demonstration; may sign in only while that runs
 * @param lockedUntil when sign-in opens again after too many wrong passwords, or null
 */
public record Person(
        String id,
        String username,
        String name,
        String organisation,
        Set<String> roles,
        boolean active,
        boolean demo,
        @Nullable Instant lockedUntil,
        @Nullable Instant lastSignIn,
        long version) {
    public Person {
        roles = Set.copyOf(roles);
    }
}
