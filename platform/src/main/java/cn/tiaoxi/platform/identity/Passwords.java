package cn.tiaoxi.platform.identity;

import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Password hashes by Argon2id with the parameters that OWASP recommends (19 MiB, two passes). At
 * most two are computed at once, so that a flood of sign-ins cannot eat the memory.
 */
@Component
class Passwords {
    private final Argon2PasswordEncoder argon2 = new Argon2PasswordEncoder(16, 32, 1, 19_456, 2);
    private final Semaphore atOnce = new Semaphore(2, true);
    private final String nobody = hash("nobody's password");

    String hash(String password) {
        atOnce.acquireUninterruptibly();
        try {
            @Nullable String hash = argon2.encode(password);
            if (hash == null) {
                throw new IllegalStateException("Argon2 gave no hash");
            }
            return hash;
        } finally {
            atOnce.release();
        }
    }

    /** Whether the password fits; takes as long when there is no hash, so that nobody can tell. */
    boolean fits(String password, @Nullable String hash) {
        atOnce.acquireUninterruptibly();
        try {
            return argon2.matches(password, hash == null ? nobody : hash) && hash != null;
        } finally {
            atOnce.release();
        }
    }
}
