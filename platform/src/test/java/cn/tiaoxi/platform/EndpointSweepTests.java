package cn.tiaoxi.platform;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.platform.evidence.Who;
import cn.tiaoxi.platform.identity.OpenToAll;
import cn.tiaoxi.platform.identity.People;
import cn.tiaoxi.platform.identity.Permission;
import cn.tiaoxi.platform.identity.Roles;
import cn.tiaoxi.platform.identity.SignedIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Every endpoint of the running platform says who may call it, and refuses everybody else. */
@PlatformTest
class EndpointSweepTests {
    private static final Pattern PERMISSION =
            Pattern.compile("(?:permission|read|write): ([a-z]+:[a-z]+)");

    /** Together they hold every role. */
    private static final List<String> PEOPLE =
            List.of("wang.wei", "zhang.min", "liu.yang", "zhao.lei", "sun.qi", "mayor", "admin");

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    private RequestMappingHandlerMapping routes;

    @Autowired private Visitors visitors;
    @Autowired private People people;
    @Autowired private Roles roles;

    private List<Endpoint> endpoints = List.of();

    @BeforeEach
    void readTheRoutes() {
        endpoints = Endpoint.of(routes);
        assertThat(endpoints).hasSizeGreaterThanOrEqualTo(60);
    }

    @Test
    void everyEndpointSaysWhoMayCallIt() {
        for (Endpoint endpoint : endpoints) {
            assertThat(Stream.of(Permission.class, OpenToAll.class, SignedIn.class))
                    .as(endpoint.toString())
                    .filteredOn(endpoint::has)
                    .hasSize(1);
        }
    }

    @Test
    void everyOpenEndpointSaysWhy() {
        List<Endpoint> open = endpoints.stream().filter(e -> e.has(OpenToAll.class)).toList();
        assertThat(open).hasSizeGreaterThanOrEqualTo(4);
        assertThat(open)
                .map(e -> e.handler().getMethodAnnotation(OpenToAll.class))
                .noneMatch(a -> a == null || a.because().isBlank());
    }

    @Test
    void whoHasNotSignedInIsSentToSignIn() {
        Visitor anonymous = visitors.anonymous();
        anonymous.get("/api/v1/session");
        List<Endpoint> closed = endpoints.stream().filter(e -> !e.has(OpenToAll.class)).toList();
        assertThat(closed).hasSizeGreaterThanOrEqualTo(56);

        List<String> wrong = new ArrayList<>();
        for (Endpoint endpoint : closed) {
            expect(endpoint, endpoint.callAs(anonymous), 401, "NOT_SIGNED_IN", wrong);
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void whoHasNoRoleMayCallNothingThatNeedsAPermission() {
        people.add(
                Who.SYSTEM,
                new People.NewPerson("sweep.no.roles", "无角色", "330500-data", Set.of()),
                "correct horse",
                false);
        Visitor nobody = visitors.signIn("sweep.no.roles", "correct horse");

        List<String> wrong = new ArrayList<>();
        for (Endpoint endpoint : permitted()) {
            expect(endpoint, endpoint.callAs(nobody), 403, "PERMISSION_MISSING", wrong);
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void whoHasOtherPermissionsIsRefusedToo() {
        int calls = 0;
        List<String> wrong = new ArrayList<>();
        for (String person : PEOPLE) {
            Visitor visitor = visitors.person(person);
            Set<String> held = held(visitor);
            assertThat(held).as(person).isNotEmpty();
            for (Endpoint endpoint : permitted()) {
                if (!held.contains(permission(endpoint))) {
                    expect(endpoint, endpoint.callAs(visitor), 403, "PERMISSION_MISSING", wrong);
                    calls++;
                }
            }
        }
        assertThat(calls).isGreaterThan(100);
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyPermissionOfAnEndpointIsGivenToSomeRole() {
        assertThat(permissionsOfEndpoints()).hasSizeGreaterThanOrEqualTo(15);
        assertThat(permissionsOfRoles()).containsAll(permissionsOfEndpoints());
    }

    /** What the files of ledgers ask for seeing fields, writing them and moving entries. */
    private static Set<String> permissionsOfLedgers() throws IOException {
        Set<String> named = new TreeSet<>();
        try (Stream<Path> files = Files.list(Path.of("../city/huzhou/ledgers"))) {
            for (Path file : files.toList()) {
                Matcher matcher = PERMISSION.matcher(Files.readString(file));
                while (matcher.find()) {
                    named.add(matcher.group(1));
                }
            }
        }
        return named;
    }

    @Test
    void everyPermissionOfARoleIsAskedFor() throws IOException {
        Set<String> asked = permissionsOfEndpoints();
        Literal.ofThePlatform().forEach(l -> asked.add(l.text()));
        asked.addAll(permissionsOfLedgers());

        Set<String> unused = permissionsOfRoles();
        assertThat(unused).hasSizeGreaterThanOrEqualTo(18);
        unused.removeAll(asked);
        assertThat(unused).isEmpty();
    }

    private List<Endpoint> permitted() {
        List<Endpoint> all = endpoints.stream().filter(e -> e.has(Permission.class)).toList();
        assertThat(all).hasSizeGreaterThanOrEqualTo(45);
        return all;
    }

    private static String permission(Endpoint endpoint) {
        return Objects.requireNonNull(endpoint.handler().getMethodAnnotation(Permission.class))
                .value();
    }

    private Set<String> permissionsOfEndpoints() {
        Set<String> all = new TreeSet<>();
        permitted().forEach(e -> all.add(permission(e)));
        return all;
    }

    private Set<String> permissionsOfRoles() {
        Set<String> all = new TreeSet<>();
        for (Roles.Role role : roles.all()) {
            all.addAll(role.own());
            all.addAll(role.all());
        }
        return all;
    }

    private static Set<String> held(Visitor visitor) {
        Set<String> held = new TreeSet<>();
        visitor.get("/api/v1/session")
                .json()
                .path("person")
                .path("permissions")
                .forEach(p -> held.add(p.asString()));
        return held;
    }

    private static void expect(
            Endpoint endpoint, Visitor.Answer answer, int status, String code, List<String> wrong) {
        boolean isProblem =
                answer.headers()
                        .firstValue("Content-Type")
                        .orElse("")
                        .startsWith("application/problem+json");
        if (answer.status() != status || !isProblem || !answer.code().equals(code)) {
            wrong.add(endpoint + " answers " + answer);
        }
    }
}
