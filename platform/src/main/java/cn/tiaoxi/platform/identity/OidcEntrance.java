package cn.tiaoxi.platform.identity;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.user.OAuth2User;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;

/** Where people come in whom an OIDC provider vouches for: the account must exist already. */
class OidcEntrance implements AuthenticationSuccessHandler {
    private final People people;
    private final IdentityProperties properties;

    OidcEntrance(People people, IdentityProperties properties) {
        this.people = people;
        this.properties = properties;
    }

    @Override
    public void onAuthenticationSuccess(
            HttpServletRequest request, HttpServletResponse response, Authentication authentication)
            throws IOException {
        Object username =
                authentication.getPrincipal() instanceof OAuth2User user
                        ? user.getAttribute(properties.userNameClaim())
                        : null;
        if (username == null) {
            response.sendRedirect("/sign-in?problem=OIDC_CLAIM_MISSING");
            return;
        }
        try {
            String token = people.signInVouched(username.toString(), request.getRemoteAddr());
            response.addHeader(HttpHeaders.SET_COOKIE, SessionCookie.of(token, request).toString());
            response.sendRedirect("/");
        } catch (IdentityException e) {
            response.sendRedirect("/sign-in?problem=" + e.code().name());
        }
    }
}
