package cn.tiaoxi.platform.identity.web;

import cn.tiaoxi.platform.border.Export;
import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.border.Versions;
import cn.tiaoxi.platform.city.Organisation;
import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.identity.Access;
import cn.tiaoxi.platform.identity.Actor;
import cn.tiaoxi.platform.identity.People;
import cn.tiaoxi.platform.identity.Permission;
import cn.tiaoxi.platform.identity.Person;
import cn.tiaoxi.platform.identity.Roles;
import cn.tiaoxi.platform.identity.SignedIn;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** People, roles and the tree of organisations. */
@RestController
@RequestMapping("/api/v1")
class PeopleController {
    private final Access access;
    private final People people;
    private final Roles roles;
    private final Organisations organisations;
    private final Clock clock;

    PeopleController(
            Access access, People people, Roles roles, Organisations organisations, Clock clock) {
        this.access = access;
        this.people = people;
        this.roles = roles;
        this.organisations = organisations;
        this.clock = clock;
    }

    /** A person in an answer. */
    record PersonView(
            String id,
            String username,
            String name,
            Organisations.Named organisation,
            List<RoleName> roles,
            boolean active,
            boolean locked,
            @Nullable Instant lastSignIn,
            long version) {}

    /** A role's identifier and name. */
    record RoleName(String id, String name) {}

    /** A role in an answer. */
    record RoleView(
            String id, String name, String description, List<String> own, List<String> all) {}

    /** A person to add. */
    record NewPerson(
            @NotBlank @Size(max = 40) String username,
            @NotBlank @Size(max = 60) String name,
            @NotBlank String organisation,
            @NotEmpty Set<String> roles,
            @Nullable @Size(max = 200) String password) {}

    /** What to change; fields left out stay as they are. */
    record PersonChange(
            @Nullable @Size(max = 60) String name,
            @Nullable String organisation,
            @Nullable Set<String> roles,
            @Nullable Boolean active) {}

    /** A new password. */
    record NewPassword(@NotNull @Size(max = 200) String password) {}

    /** An organisation in an answer. */
    record OrganisationView(
            String code,
            String name,
            String nameEn,
            @Nullable String parent,
            Organisation.Kind kind) {}

    @GetMapping("/organisations")
    @SignedIn
    Map<String, List<OrganisationView>> organisations() {
        return Map.of(
                "items",
                organisations.all().stream()
                        .map(
                                o ->
                                        new OrganisationView(
                                                o.code(),
                                                o.name().shown(),
                                                o.name().en(),
                                                o.parent(),
                                                o.kind()))
                        .toList());
    }

    @GetMapping("/roles")
    @Permission("person:read")
    List<RoleView> roles() {
        return roles.all().stream()
                .map(
                        r ->
                                new RoleView(
                                        r.id(),
                                        r.name().shown(),
                                        r.description().shown(),
                                        r.own(),
                                        r.all()))
                .toList();
    }

    @GetMapping("/people")
    @Permission("person:read")
    @Nullable Page<PersonView> list(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String organisation,
            @RequestParam(defaultValue = "") String role,
            Slice slice,
            Export export) {
        return export.answer(
                "identity.people",
                slice,
                s -> people.list(access.actor(), q, organisation, role, s).map(this::view),
                List.of(
                        new Export.Column<>("identity.username", PersonView::username),
                        new Export.Column<>("identity.name", PersonView::name),
                        new Export.Column<>("identity.organisation", p -> p.organisation().name()),
                        new Export.Column<>(
                                "identity.roles",
                                p ->
                                        p.roles().stream()
                                                .map(RoleName::name)
                                                .collect(Collectors.joining("、"))),
                        new Export.Column<>("identity.active", PersonView::active)));
    }

    @GetMapping("/people/{id}")
    @Permission("person:read")
    ResponseEntity<PersonView> one(@PathVariable String id) {
        Person person = reached("person:read", id);
        return Versions.tagged(view(person), person.version());
    }

    @PostMapping("/people")
    @Permission("person:manage")
    @ResponseStatus(HttpStatus.CREATED)
    PersonView add(@Valid @RequestBody NewPerson wanted) {
        Actor actor = access.require("person:manage", wanted.organisation());
        return view(
                people.add(
                        actor.who(),
                        new People.NewPerson(
                                wanted.username(),
                                wanted.name(),
                                wanted.organisation(),
                                wanted.roles()),
                        wanted.password(),
                        false));
    }

    @PatchMapping("/people/{id}")
    @Permission("person:manage")
    ResponseEntity<PersonView> change(
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @Valid @RequestBody PersonChange change) {
        Person before = reached("person:manage", id);
        String name = change.name();
        String organisation = change.organisation();
        Set<String> newRoles = change.roles();
        Boolean active = change.active();
        Actor actor =
                access.require(
                        "person:manage",
                        organisation == null ? before.organisation() : organisation);
        Person after =
                people.change(
                        actor,
                        before,
                        name == null ? before.name() : name,
                        organisation == null ? before.organisation() : organisation,
                        newRoles == null ? before.roles() : newRoles,
                        active == null ? before.active() : active,
                        Versions.required(ifMatch));
        return Versions.tagged(view(after), after.version());
    }

    @PostMapping("/people/{id}/unlock")
    @Permission("person:manage")
    PersonView unlock(@PathVariable String id) {
        people.unlock(access.actor(), reached("person:manage", id));
        return view(people.get(id));
    }

    @PutMapping("/people/{id}/password")
    @Permission("person:manage")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void setPassword(@PathVariable String id, @Valid @RequestBody NewPassword wanted) {
        people.setPassword(access.actor(), reached("person:manage", id), wanted.password());
    }

    private Person reached(String permission, String id) {
        Person person = people.get(id);
        access.require(permission, person.organisation());
        return person;
    }

    private PersonView view(Person person) {
        Instant until = person.lockedUntil();
        return new PersonView(
                person.id(),
                person.username(),
                person.name(),
                organisations.named(person.organisation()),
                person.roles().stream().sorted().map(r -> new RoleName(r, roles.name(r))).toList(),
                person.active(),
                until != null && until.isAfter(clock.instant()),
                person.lastSignIn(),
                person.version());
    }
}
