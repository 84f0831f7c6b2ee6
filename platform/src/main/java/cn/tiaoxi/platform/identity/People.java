package cn.tiaoxi.platform.identity;

import cn.tiaoxi.platform.border.BorderException;
import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.evidence.Evidence;
import cn.tiaoxi.platform.evidence.Who;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Changes people. Other modules look them up here. */
@Service
public class People {
    private static final Pattern USERNAME = Pattern.compile("[a-z][a-z0-9._-]{2,39}");

    private final PersonStore store;
    private final Passwords passwords;
    private final Sessions sessions;
    private final Roles roles;
    private final Organisations organisations;
    private final IdentityProperties properties;
    private final Evidence evidence;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    People(
            PersonStore store,
            Passwords passwords,
            Sessions sessions,
            Roles roles,
            Organisations organisations,
            IdentityProperties properties,
            Evidence evidence,
            ApplicationEventPublisher events,
            Clock clock) {
        this.store = store;
        this.passwords = passwords;
        this.sessions = sessions;
        this.roles = roles;
        this.organisations = organisations;
        this.properties = properties;
        this.evidence = evidence;
        this.events = events;
        this.clock = clock;
    }

    public Optional<Person> find(String id) {
        return store.find(id);
    }

    public Optional<Person> byUsername(String username) {
        return store.byUsername(username);
    }

    /** All people whose account is not switched off. */
    public List<Person> active() {
        return store.active();
    }

    /** Active people who hold the permission for that organisation, for tasks and messages. */
    public Set<String> holders(String permission, String organisation) {
        return store.active().stream()
                .filter(p -> actor(p).may(permission, organisation))
                .map(Person::username)
                .collect(java.util.stream.Collectors.toUnmodifiableSet());
    }

    /** What the person may do now; empty if the account is switched off. */
    Optional<Actor> actor(String personId) {
        return store.find(personId).filter(this::mayEnter).map(this::actor);
    }

    /**
     * What a person may do now.
     *
     * @throws IdentityException if there is no such person or the account is switched off
     */
    public Actor actorOf(String username) {
        return store.byUsername(username)
                .filter(this::mayEnter)
                .map(this::actor)
                .orElseThrow(() -> IdentityException.personNotFound(username));
    }

    private boolean mayEnter(Person person) {
        return person.active() && (!person.demo() || properties.demo());
    }

    private Actor actor(Person person) {
        return new Actor(
                person.id(),
                person.username(),
                person.name(),
                person.organisation(),
                person.roles(),
                roles.permissions(person.roles(), person.organisation()));
    }

    /**
     * Checks a password and opens a session.
     *
     * @return the session's token
     * @throws IdentityException if the credentials are wrong or the account is locked
     */
    @Transactional(noRollbackFor = IdentityException.class)
    public String signIn(String username, String password, String address) {
        PersonStore.Secret secret = store.lockSecret(username).orElse(null);
        Person person = secret == null ? null : store.find(secret.id()).orElse(null);
        Instant until = person == null ? null : person.lockedUntil();
        if (until != null && until.isAfter(clock.instant())) {
            throw IdentityException.locked(until);
        }
        boolean fits = passwords.fits(password, secret == null ? null : secret.password());
        if (secret == null || person == null || !mayEnter(person)) {
            throw IdentityException.credentialsWrong();
        }
        if (!fits) {
            throw wrong(person, secret.failures() + 1);
        }
        return enter(person, "password", address);
    }

    private IdentityException wrong(Person person, int failures) {
        boolean lock = failures >= properties.attempts();
        Instant until = lock ? clock.instant().plus(properties.lockFor()) : null;
        store.failed(person.id(), lock ? 0 : failures, until);
        if (until == null) {
            return IdentityException.credentialsWrong();
        }
        evidence.changed(
                new Who(person.username(), person.organisation()),
                "person.locked",
                "person:" + person.username(),
                Map.of("until", until.toString()));
        return IdentityException.locked(until);
    }

    /** Opens a session for somebody whom the OIDC provider vouches for. */
    @Transactional
    public String signInVouched(String username, String address) {
        Person person =
                store.byUsername(username)
                        .filter(this::mayEnter)
                        .orElseThrow(IdentityException::credentialsWrong);
        return enter(person, "oidc", address);
    }

    private String enter(Person person, String manner, String address) {
        store.signedIn(person.id(), clock.instant());
        evidence.changed(
                new Who(person.username(), person.organisation()),
                "session.opened",
                "person:" + person.username(),
                Map.of("manner", manner, "address", address));
        return sessions.open(person.id(), address);
    }

    @Transactional
    public void signOut(Actor actor, String token) {
        sessions.close(token);
        evidence.changed(actor.who(), "session.closed", "person:" + actor.username(), Map.of());
    }

    /** People within reach of the actor. */
    @Transactional(readOnly = true)
    public Page<Person> list(
            Actor actor, String text, String organisation, String role, Slice slice) {
        return store.list(
                new PersonStore.Filter(actor.reach("person:read"), text, organisation, role),
                slice);
    }

    /** A new person, as it is asked for. */
    public record NewPerson(String username, String name, String organisation, Set<String> roles) {}

    /**
     * Adds a person.
     *
     * @param password null for somebody who signs in by OIDC alone
     */
    @Transactional
    public Person add(Who who, NewPerson wanted, @Nullable String password, boolean demo) {
        if (!USERNAME.matcher(wanted.username()).matches()) {
            throw IdentityException.usernameInvalid(wanted.username());
        }
        check(wanted.name(), wanted.organisation(), wanted.roles());
        Person person =
                new Person(
                        UUID.randomUUID().toString(),
                        wanted.username(),
                        wanted.name().strip(),
                        wanted.organisation(),
                        wanted.roles(),
                        true,
                        demo,
                        null,
                        null,
                        1);
        String hash = password == null ? null : passwords.hash(strong(password));
        if (!store.add(person, hash)) {
            throw IdentityException.usernameTaken(person.username());
        }
        evidence.changed(
                who,
                "person.added",
                "person:" + person.username(),
                Map.of(
                        "organisation", person.organisation(),
                        "roles", String.join(",", new java.util.TreeSet<>(person.roles()))));
        events.publishEvent(new PersonChanged(person.id()));
        return person;
    }

    /** Changes name, organisation, roles and state; the person's sessions follow at once. */
    @Transactional
    public Person change(
            Actor actor,
            Person before,
            String name,
            String organisation,
            Set<String> newRoles,
            boolean active,
            long version) {
        if (actor.id().equals(before.id()) && (!active || !newRoles.containsAll(before.roles()))) {
            throw IdentityException.ownAccount();
        }
        check(name, organisation, newRoles);
        Person after =
                new Person(
                        before.id(),
                        before.username(),
                        name.strip(),
                        organisation,
                        newRoles,
                        active,
                        before.demo(),
                        before.lockedUntil(),
                        before.lastSignIn(),
                        version);
        if (!store.update(after)) {
            throw BorderException.versionConflict(get(before.id()).version());
        }
        if (!active) {
            sessions.closeAll(before.id());
        }
        evidence.changed(
                actor.who(),
                "person.changed",
                "person:" + before.username(),
                Map.of(
                        "organisation", organisation,
                        "roles", String.join(",", new java.util.TreeSet<>(newRoles)),
                        "active", Boolean.toString(active)));
        events.publishEvent(new PersonChanged(before.id()));
        return get(before.id());
    }

    /**
     * A person by identifier.
     *
     * @throws IdentityException if there is none
     */
    public Person get(String id) {
        return store.find(id).orElseThrow(() -> IdentityException.personNotFound(id));
    }

    /** Opens a locked account. */
    @Transactional
    public void unlock(Actor actor, Person person) {
        store.failed(person.id(), 0, null);
        evidence.changed(actor.who(), "person.unlocked", "person:" + person.username(), Map.of());
    }

    /**
     * Switches an account off and ends its sessions: its next request is refused. Somebody who may
     * manage people can switch it on again, and so does {@link #resume}.
     *
     * @param reason why, for the trace
     * @return whether it was on; false too if there is no such account
     * @throws IdentityException if it is one's own account
     */
    @Transactional
    public boolean suspend(Who who, String username, String reason) {
        if (who.name().equals(username)) {
            throw IdentityException.ownAccount();
        }
        return switched(who, username, false, reason);
    }

    /**
     * Switches an account on again.
     *
     * @param reason why, for the trace
     * @return whether it was off
     */
    @Transactional
    public boolean resume(Who who, String username, String reason) {
        return switched(who, username, true, reason);
    }

    private boolean switched(Who who, String username, boolean active, String reason) {
        Optional<String> changed = store.setActive(username, active);
        changed.ifPresent(
                id -> {
                    if (!active) {
                        sessions.closeAll(id);
                    }
                    evidence.changed(
                            who,
                            active ? "person.resumed" : "person.suspended",
                            "person:" + username,
                            Map.of("reason", reason));
                    events.publishEvent(new PersonChanged(id));
                });
        return changed.isPresent();
    }

    /** How many sessions of a person are open. */
    public long sessions(String personId) {
        return sessions.count(personId);
    }

    /** What a person's roles permit while the account is on, and where. */
    public Actor wouldBe(Person person) {
        return actor(person);
    }

    /** Sets somebody's password and ends their sessions. */
    @Transactional
    public void setPassword(Actor actor, Person person, String password) {
        store.setPassword(person.id(), passwords.hash(strong(password)));
        sessions.closeAll(person.id());
        evidence.changed(
                actor.who(), "person.passwordSet", "person:" + person.username(), Map.of());
    }

    /** Changes one's own password; all other sessions end. */
    @Transactional
    public String changeOwnPassword(Actor actor, String current, String next, String address) {
        PersonStore.Secret secret = store.lockSecret(actor.username()).orElseThrow();
        if (!passwords.fits(current, secret.password())) {
            throw IdentityException.passwordWrong();
        }
        setPassword(actor, get(actor.id()), next);
        return sessions.open(actor.id(), address);
    }

    boolean isEmpty() {
        return store.count() == 0;
    }

    private void check(String name, String organisation, Set<String> wantedRoles) {
        if (name.isBlank()) {
            throw BorderException.invalid("name", "border.required");
        }
        if (name.length() > 60) {
            throw BorderException.invalid("name", "border.tooLong", 60);
        }
        if (organisations.find(organisation).isEmpty()) {
            throw IdentityException.organisationUnknown(organisation);
        }
        for (String role : wantedRoles) {
            if (!roles.exists(role)) {
                throw IdentityException.roleUnknown(role);
            }
        }
    }

    private String strong(String password) {
        if (password.length() < properties.passwordLength()
                || password.length() > 200
                || password.chars().distinct().count() < 5) {
            throw IdentityException.passwordWeak(properties.passwordLength());
        }
        return password;
    }
}
