package cn.tiaoxi.platform.sharing;

import cn.tiaoxi.contract.AddressRange;
import cn.tiaoxi.contract.PolicySnapshot.Algorithm;
import cn.tiaoxi.platform.border.BorderException;
import cn.tiaoxi.platform.border.FieldError;
import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.border.Versions;
import cn.tiaoxi.platform.evidence.Evidence;
import cn.tiaoxi.platform.identity.Access;
import cn.tiaoxi.platform.identity.Actor;
import cn.tiaoxi.platform.personnel.Personnel;
import cn.tiaoxi.platform.search.SearchChanged;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Registers applications and makes their keys. */
@Service
public class Applications {
    private static final int LONGEST_NAME = 60;
    private static final int LONGEST_DESCRIPTION = 500;
    private static final int MOST_KEYS = 5;
    private static final int MOST_ADDRESSES = 32;

    private final ApplicationStore store;
    private final KeyMaker keyMaker;
    private final Policies policies;
    private final SharingTerms terms;
    private final Personnel personnel;
    private final Evidence evidence;
    private final Access access;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Applications(
            ApplicationStore store,
            KeyMaker keyMaker,
            Policies policies,
            SharingTerms terms,
            Personnel personnel,
            Evidence evidence,
            Access access,
            ApplicationEventPublisher events,
            Clock clock) {
        this.store = store;
        this.keyMaker = keyMaker;
        this.policies = policies;
        this.terms = terms;
        this.personnel = personnel;
        this.evidence = evidence;
        this.access = access;
        this.events = events;
        this.clock = clock;
    }

    /**
     * A key just made. What is secret is in here and nowhere else.
     *
     * @param secret a shared secret, in Base64 or for the province's styles as text, or null
     * @param privateKey PEM of a private key, or null
     */
    public record MadeKey(
            Application.Key key, @Nullable String secret, @Nullable String privateKey) {
        @Override
        public String toString() {
            return "MadeKey[" + key.id() + "]";
        }
    }

    /** Applications within reach of the actor. */
    @Transactional(readOnly = true)
    public Page<Application> list(String text, String organisation, Slice slice) {
        Actor actor = access.actor();
        return store.list(actor.reach("application:read"), text, organisation, slice);
    }

    /** How many grants in force each application holds, by its identifier. */
    public Map<String, Long> grants() {
        return store.grants(clock.instant());
    }

    /**
     * An application within reach of the actor.
     *
     * @throws SharingException if there is none
     */
    public Application get(String id) {
        Application application = found(id);
        access.require("application:read", application.organisation());
        return application;
    }

    Application found(String id) {
        return store.find(id).orElseThrow(() -> SharingException.applicationNotFound(id));
    }

    /** Registers an application of the actor's organisation. */
    @Transactional
    public Application add(String name, String description) {
        Actor actor = access.require("application:manage", access.actor().organisation());
        check(name, description);
        Application made = made(actor.organisation(), name.strip(), description.strip(), false);
        if (!store.add(made)) {
            throw SharingException.applicationNameTaken(made.name());
        }
        policies.changed();
        evidence.changed(
                actor.who(), "application.added", object(made), Map.of("name", made.name()));
        events.publishEvent(new SearchChanged(ApplicationSearch.KIND, made.id()));
        return found(made.id());
    }

    private Application made(String organisation, String name, String description, boolean trial) {
        return new Application(
                UUID.randomUUID().toString(),
                name,
                description,
                organisation,
                true,
                trial,
                clock.instant(),
                List.of(),
                null,
                null,
                null,
                1);
    }

    /** Changes name, description and whether it may call at all. */
    @Transactional
    public Application change(
            String id,
            @Nullable String name,
            @Nullable String description,
            @Nullable Boolean active,
            long version) {
        Application before = found(id);
        Actor actor = managed(before);
        Versions.check(version, before.version());
        String newName = name == null ? before.name() : name.strip();
        String newDescription = description == null ? before.description() : description.strip();
        boolean newActive = active == null ? before.active() : active;
        check(newName, newDescription);
        if (store.isTaken(before, newName)) {
            throw SharingException.applicationNameTaken(newName);
        }
        if (!store.update(before, newName, newDescription, newActive)) {
            throw BorderException.versionConflict(found(id).version());
        }
        policies.changed();
        evidence.changed(
                actor.who(),
                "application.changed",
                object(before),
                Map.of("name", newName, "active", Boolean.toString(newActive)));
        events.publishEvent(new SearchChanged(ApplicationSearch.KIND, id));
        return found(id);
    }

    /**
     * Gives an application a key. Keys of the same style in force before stay so for some days, so
     * that the caller can change over without a gap.
     *
     * @param publicKey an Ed25519 or SM2 public key, or null to have a key made; for mutual TLS the
     *     caller's certificate (PEM)
     * @param addresses ranges that calls may come from, none for anywhere
     */
    @Transactional
    public MadeKey addKey(
            String id, Algorithm algorithm, @Nullable String publicKey, List<String> addresses) {
        Application application = found(id);
        Actor actor = managed(application);
        personnel.requireNothingLost(actor.username());
        checkAddresses(addresses);
        Instant now = clock.instant();
        long active =
                application.keys().stream()
                        .filter(k -> k.state(now) == Application.KeyState.ACTIVE)
                        .count();
        if (active >= MOST_KEYS) {
            throw SharingException.keysTooMany(MOST_KEYS);
        }
        MadeKey made =
                algorithm == Algorithm.MUTUAL_TLS
                        ? certified(application, publicKey, addresses)
                        : makeKey(application, algorithm, publicKey, addresses);
        Duration overlap = Duration.ofDays(terms.keyOverlapDays());
        store.endKeys(id, made.key(), now.plus(overlap));
        policies.changed();
        evidence.changed(
                actor.who(),
                "key.added",
                object(application),
                Map.of(
                        "key",
                        made.key().id(),
                        "algorithm",
                        algorithm.registeredName(),
                        "addresses",
                        String.join(",", addresses)));
        return made;
    }

    /** The key ends with its certificate; a renewed one is a key of its own. */
    private MadeKey certified(
            Application application, @Nullable String pem, List<String> addresses) {
        Instant now = clock.instant();
        ShownCertificate certificate = ShownCertificate.given(pem == null ? "" : pem, now);
        Instant from = certificate.notBefore();
        Application.Key key =
                new Application.Key(
                        keyMaker.id(),
                        Algorithm.MUTUAL_TLS,
                        now,
                        from.isAfter(now) ? from : now,
                        certificate.notAfter(),
                        null,
                        null,
                        access.actor().username(),
                        false,
                        addresses,
                        null,
                        certificate);
        if (!store.addKey(application.id(), key, certificate.thumbprint())) {
            throw BorderException.invalid("publicKey", "sharing.certificateTaken");
        }
        return new MadeKey(key, null, null);
    }

    private MadeKey makeKey(
            Application application,
            Algorithm algorithm,
            @Nullable String publicKey,
            List<String> addresses) {
        Instant now = clock.instant();
        Application.Key key =
                new Application.Key(
                        keyMaker.id(),
                        algorithm,
                        now,
                        now,
                        null,
                        null,
                        null,
                        application.trial() ? null : access.actor().username(),
                        false,
                        addresses,
                        null,
                        null);
        KeyMaker.Made made = keyMaker.make(key.id(), algorithm, publicKey);
        store.addKey(application.id(), key, made.material());
        return new MadeKey(key, made.secret(), made.privateKey());
    }

    /**
     * Changes from where a key may be used, and switches it off or on.
     *
     * @param addresses ranges that calls may come from, or null to leave them
     * @param switchedOff whether it is out of use for the time being, or null to leave that
     */
    @Transactional
    public Application changeKey(
            String id,
            String key,
            @Nullable List<String> addresses,
            @Nullable Boolean switchedOff) {
        Application application = found(id);
        Actor actor = managed(application);
        Application.Key before =
                application.keys().stream()
                        .filter(k -> k.id().equals(key))
                        .findFirst()
                        .orElseThrow(() -> SharingException.keyNotFound(key));
        List<String> newAddresses = addresses == null ? before.addresses() : addresses;
        checkAddresses(newAddresses);
        boolean off = switchedOff == null ? before.switchedOff() != null : switchedOff;
        if (!store.changeKey(id, key, newAddresses, off, clock.instant())) {
            throw SharingException.keyNotFound(key);
        }
        policies.changed();
        evidence.changed(
                actor.who(),
                "key.changed",
                object(application),
                Map.of(
                        "key",
                        key,
                        "addresses",
                        String.join(",", newAddresses),
                        "switchedOff",
                        Boolean.toString(off)));
        return found(id);
    }

    private static void checkAddresses(List<String> addresses) {
        if (addresses.size() > MOST_ADDRESSES) {
            throw BorderException.invalid("addresses", "sharing.addressesMany", MOST_ADDRESSES);
        }
        for (String address : addresses) {
            try {
                AddressRange.of(address);
            } catch (IllegalArgumentException e) {
                throw BorderException.invalid("addresses", "sharing.address", address);
            }
        }
    }

    /** Revokes a key: calls signed with it are refused at once. */
    @Transactional
    public void revokeKey(String id, String key) {
        Application application = found(id);
        Actor actor = managed(application);
        if (!store.revokeKey(id, key, clock.instant())) {
            throw SharingException.keyNotFound(key);
        }
        policies.changed();
        evidence.changed(actor.who(), "key.revoked", object(application), Map.of("key", key));
    }

    /** The organisation's application for trial calls from the pages, made at the first use. */
    @Transactional
    public Application trial(Actor actor) {
        Application found = store.trial(actor.organisation()).orElse(null);
        if (found != null) {
            return found;
        }
        Application made = made(actor.organisation(), "试调", "", true);
        if (store.add(made)) {
            makeKey(made, Algorithm.HMAC_SHA256, null, List.of());
            policies.changed();
            evidence.changed(
                    actor.who(), "application.added", object(made), Map.of("trial", "true"));
        }
        return store.trial(actor.organisation()).orElseThrow();
    }

    private Actor managed(Application application) {
        Actor actor = access.require("application:manage", application.organisation());
        if (application.trial()) {
            throw SharingException.applicationTrial(application.name());
        }
        return actor;
    }

    private static void check(String name, String description) {
        List<FieldError> errors = new ArrayList<>();
        Texts.check(errors, "name", name, 1, LONGEST_NAME);
        Texts.check(errors, "description", description, 0, LONGEST_DESCRIPTION);
        if (!errors.isEmpty()) {
            throw BorderException.invalid(errors);
        }
    }

    private static String object(Application application) {
        return "application:" + application.id();
    }
}
