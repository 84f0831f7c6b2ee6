package cn.tiaoxi.platform.identity.web;

import cn.tiaoxi.platform.border.ProblemDetails;
import cn.tiaoxi.platform.border.Words;
import cn.tiaoxi.platform.city.City;
import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.identity.Access;
import cn.tiaoxi.platform.identity.Actor;
import cn.tiaoxi.platform.identity.FirstAccounts;
import cn.tiaoxi.platform.identity.IdentityError;
import cn.tiaoxi.platform.identity.OpenToAll;
import cn.tiaoxi.platform.identity.People;
import cn.tiaoxi.platform.identity.Roles;
import cn.tiaoxi.platform.identity.SessionCookie;
import cn.tiaoxi.platform.identity.SignedIn;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Signing in and out, and what the pages must know before they show anything. */
@RestController
@RequestMapping("/api/v1/session")
class SessionController {
    private static final Words BETWEEN_ROLES = new Words("、", ", ");

    private final Access access;
    private final People people;
    private final Roles roles;
    private final Organisations organisations;
    private final City city;
    private final FirstAccounts accounts;
    private final ProblemDetails problems;
    private final ObjectProvider<ClientRegistrationRepository> oidc;
    private final String gatewayAddress;

    SessionController(
            Access access,
            People people,
            Roles roles,
            Organisations organisations,
            City city,
            FirstAccounts accounts,
            ProblemDetails problems,
            ObjectProvider<ClientRegistrationRepository> oidc,
            @Value("${tiaoxi.sharing.gateway-address:http://127.0.0.1:8090}")
                    String gatewayAddress) {
        this.access = access;
        this.people = people;
        this.roles = roles;
        this.organisations = organisations;
        this.city = city;
        this.accounts = accounts;
        this.problems = problems;
        this.oidc = oidc;
        this.gatewayAddress = gatewayAddress;
    }

    /** What a person types to sign in. */
    record Credentials(
            @NotBlank @Size(max = 100) String username,
            @NotBlank @Size(max = 200) String password) {}

    /** A change of one's own password. */
    record PasswordChange(
            @NotBlank @Size(max = 200) String current, @NotBlank @Size(max = 200) String next) {}

    /** Something with an identifier and a name. */
    record Named(String id, String name) {}

    /** The city in an answer. */
    record CityView(String id, String name, String nameEn, String platform) {}

    /** Where the gateway is. */
    record GatewayView(String address) {}

    /** The signed-in person in an answer. */
    record PersonView(
            String id,
            String username,
            String name,
            Organisations.Named organisation,
            List<Named> roles,
            java.util.Set<String> permissions) {}

    /** The session in an answer. */
    record SessionView(
            PersonView person,
            CityView city,
            boolean demo,
            List<Named> oidc,
            GatewayView gateway) {}

    @GetMapping
    @OpenToAll(because = "the pages ask whether somebody is signed in")
    ResponseEntity<?> session(Locale locale) {
        Optional<Actor> actor = access.find();
        if (actor.isPresent()) {
            return ResponseEntity.ok(view(actor.get()));
        }
        ProblemDetail problem = problems.of(IdentityError.NOT_SIGNED_IN, locale);
        problem.setProperty("city", cityView());
        problem.setProperty("demo", !accounts.demo().isEmpty());
        problem.setProperty("oidc", providers());
        if (!accounts.demo().isEmpty()) {
            problem.setProperty(
                    "demoAccounts", accounts.demo().stream().map(this::demoView).toList());
        }
        return ResponseEntity.status(401)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }

    @PostMapping
    @OpenToAll(because = "it is the way in")
    ResponseEntity<SessionView> signIn(
            @Valid @RequestBody Credentials credentials, HttpServletRequest request) {
        String token =
                people.signIn(
                        credentials.username().strip(),
                        credentials.password(),
                        request.getRemoteAddr());
        Actor actor = people.actorOf(credentials.username().strip());
        return ResponseEntity.ok()
                .header(HttpHeaders.SET_COOKIE, SessionCookie.of(token, request).toString())
                .body(view(actor));
    }

    @DeleteMapping
    @SignedIn
    ResponseEntity<Void> signOut(HttpServletRequest request) {
        String token = SessionCookie.token(request);
        if (token != null) {
            people.signOut(access.actor(), token);
        }
        return ResponseEntity.noContent()
                .header(HttpHeaders.SET_COOKIE, SessionCookie.none(request).toString())
                .build();
    }

    @PutMapping("/password")
    @SignedIn
    ResponseEntity<Void> changePassword(
            @Valid @RequestBody PasswordChange change, HttpServletRequest request) {
        String token =
                people.changeOwnPassword(
                        access.actor(), change.current(), change.next(), request.getRemoteAddr());
        return ResponseEntity.noContent()
                .header(HttpHeaders.SET_COOKIE, SessionCookie.of(token, request).toString())
                .build();
    }

    private SessionView view(Actor actor) {
        return new SessionView(
                new PersonView(
                        actor.id(),
                        actor.username(),
                        actor.name(),
                        organisations.named(actor.organisation()),
                        actor.roles().stream()
                                .sorted()
                                .map(r -> new Named(r, roles.name(r)))
                                .toList(),
                        new TreeSet<>(actor.permissions().keySet())),
                cityView(),
                !accounts.demo().isEmpty(),
                providers(),
                new GatewayView(gatewayAddress));
    }

    private CityView cityView() {
        return new CityView(
                city.code(), city.name().zh(), city.name().en(), city.platform().shown());
    }

    private Map<String, String> demoView(FirstAccounts.DemoPerson person) {
        return Map.of(
                "username", person.username(),
                "password", person.password(),
                "name", person.name(),
                "organisation", organisations.name(person.organisation()),
                "role",
                        person.roles().stream()
                                .sorted()
                                .map(roles::name)
                                .collect(Collectors.joining(BETWEEN_ROLES.shown())));
    }

    private List<Named> providers() {
        return oidc.getIfAvailable() instanceof Iterable<?> all
                ? java.util.stream.StreamSupport.stream(all.spliterator(), false)
                        .map(ClientRegistration.class::cast)
                        .map(r -> new Named(r.getRegistrationId(), r.getClientName()))
                        .toList()
                : List.of();
    }
}
