package cn.tiaoxi.platform.identity;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseCookie;

/** The cookie of a session: not for scripts, not for other sites. */
public final class SessionCookie {
    private SessionCookie() {}

    /** The cookie that carries a token. */
    public static ResponseCookie of(String token, HttpServletRequest request) {
        return cookie(token, request).build();
    }

    /** The cookie that takes the token away. */
    public static ResponseCookie none(HttpServletRequest request) {
        return cookie("", request).maxAge(Duration.ZERO).build();
    }

    /** The token that a request carries, or null. */
    public static @Nullable String token(HttpServletRequest request) {
        return SessionFilter.token(request);
    }

    private static ResponseCookie.ResponseCookieBuilder cookie(
            String value, HttpServletRequest request) {
        return ResponseCookie.from(SessionFilter.COOKIE, value)
                .httpOnly(true)
                .secure(request.isSecure())
                .sameSite("Lax")
                .path("/");
    }
}
