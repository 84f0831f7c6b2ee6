package cn.tiaoxi.platform.identity;

import cn.tiaoxi.platform.border.ProblemDetails;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.json.JsonMapper;

/** The filters in front of every request, and the permission check of every endpoint. */
@Configuration
class SecurityConfiguration implements WebMvcConfigurer {
    private static final String CONTENT_POLICY =
            "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; "
                    + "object-src 'none'; base-uri 'none'; frame-ancestors 'none'; "
                    + "form-action 'self'";

    private final Access access;

    SecurityConfiguration(Access access) {
        this.access = access;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new PermissionInterceptor(access));
    }

    @Bean
    SecurityFilterChain chain(
            HttpSecurity http,
            Sessions sessions,
            People people,
            ProblemDetails problems,
            JsonMapper json,
            ObjectProvider<ClientRegistrationRepository> oidc,
            LocaleResolver locales,
            IdentityProperties properties) {
        http.sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.IF_REQUIRED))
                .securityContext(
                        c ->
                                c.securityContextRepository(
                                        new org.springframework.security.web.context
                                                .RequestAttributeSecurityContextRepository()))
                .requestCache(c -> c.disable())
                .logout(l -> l.disable())
                .httpBasic(b -> b.disable())
                .formLogin(f -> f.disable())
                .csrf(
                        c ->
                                c.spa()
                                        .csrfTokenRepository(
                                                CookieCsrfTokenRepository.withHttpOnlyFalse())
                                        .ignoringRequestMatchers("/gateway-control/**")
                                        .ignoringRequestMatchers("/upper/**")
                                        .ignoringRequestMatchers(SecurityConfiguration::isMachine))
                .headers(
                        h ->
                                h.contentSecurityPolicy(p -> p.policyDirectives(CONTENT_POLICY))
                                        .referrerPolicy(p -> p.policy(ReferrerPolicy.SAME_ORIGIN)))
                .addFilterBefore(new SessionFilter(sessions, people), AuthorizationFilter.class)
                .authorizeHttpRequests(a -> a.anyRequest().permitAll())
                .exceptionHandling(
                        e ->
                                e.accessDeniedHandler(
                                        (request, response, failure) ->
                                                refuse(
                                                        problems.of(
                                                                IdentityError.CSRF_TOKEN_MISSING,
                                                                locales.resolveLocale(request)),
                                                        request,
                                                        response,
                                                        json)));
        if (oidc.getIfAvailable() != null) {
            http.oauth2Login(
                    o -> o.successHandler(new OidcEntrance(people, properties)).loginPage("/"));
        }
        return http.build();
    }

    /**
     * A machine shows its token in a header, which no foreign page can have a browser send; with no
     * session there is nothing to forge either.
     */
    private static boolean isMachine(HttpServletRequest request) {
        String shown = request.getHeader(HttpHeaders.AUTHORIZATION);
        return shown != null && shown.startsWith("Bearer ") && SessionFilter.token(request) == null;
    }

    private static void refuse(
            ProblemDetail problem,
            HttpServletRequest request,
            HttpServletResponse response,
            JsonMapper json)
            throws IOException {
        response.setStatus(problem.getStatus());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setHeader("Vary", "Cookie");
        response.getOutputStream().write(json.writeValueAsBytes(problem));
    }
}
