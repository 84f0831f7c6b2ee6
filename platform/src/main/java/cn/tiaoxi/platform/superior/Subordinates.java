package cn.tiaoxi.platform.superior;

import cn.tiaoxi.contract.Ed25519Keys;
import cn.tiaoxi.contract.PolicySnapshot.Algorithm;
import cn.tiaoxi.platform.border.BorderException;
import cn.tiaoxi.platform.border.Identifiers;
import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.city.City;
import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.evidence.Evidence;
import cn.tiaoxi.platform.evidence.Who;
import cn.tiaoxi.platform.identity.Access;
import cn.tiaoxi.platform.identity.Actor;
import cn.tiaoxi.platform.sharing.Application;
import cn.tiaoxi.platform.sharing.Applications;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Platforms below: invited by the data office, known by their keys from their enrolment on. */
@Service
public class Subordinates {
    /** What one may do with platforms below. */
    static final String MANAGE = "subordinate:manage";

    private static final Duration CODE_LIVES = Duration.ofHours(24);
    private static final int CODE_BYTES = 24;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SubordinateStore store;
    private final OwnKeys keys;
    private final Applications applications;
    private final City city;
    private final Organisations organisations;
    private final Evidence evidence;
    private final Access access;
    private final Clock clock;

    Subordinates(
            SubordinateStore store,
            OwnKeys keys,
            Applications applications,
            City city,
            Organisations organisations,
            Evidence evidence,
            Access access,
            Clock clock) {
        this.store = store;
        this.keys = keys;
        this.applications = applications;
        this.city = city;
        this.organisations = organisations;
        this.evidence = evidence;
        this.access = access;
        this.clock = clock;
    }

    /**
     * A subordinate and the code by which it can enrol, which is shown only now.
     *
     * @param print the print of this platform's key, for the other end to compare
     */
    public record Invited(Subordinate subordinate, String code, String print) {
        @Override
        public String toString() {
            return "Invited[" + subordinate.id() + "]";
        }
    }

    /** Those whose name or division contains a text. */
    public Page<Subordinate> list(String text, Slice slice) {
        return store.list(text, slice);
    }

    /**
     * One of them.
     *
     * @throws SuperiorException if there is none
     */
    public Subordinate get(String id) {
        return store.find(id).orElseThrow(() -> SuperiorException.subordinateNotFound(id));
    }

    /** The print of this platform's key. */
    public String ownPrint() {
        return Prints.of(keys.messages().material());
    }

    /** Invites a platform; its code can be used for a day, once. */
    @Transactional
    public Invited invite(@Nullable String name, @Nullable String division) {
        Actor actor = office();
        String called = Given.text("name", name, 100);
        String code = Given.text("division", division, 12);
        if (!code.matches("[0-9]{6,12}")) {
            throw BorderException.invalid("division", "superior.division");
        }
        byte[] secret = secret();
        Instant now = clock.instant();
        Subordinate made =
                new Subordinate(
                        Identifiers.next(),
                        called,
                        code,
                        Subordinate.State.INVITED,
                        now,
                        actor.name(),
                        now.plus(CODE_LIVES),
                        null,
                        null,
                        null,
                        null,
                        null,
                        0,
                        0,
                        null,
                        null,
                        1);
        store.add(made, Prints.sha256(secret));
        note(actor.who(), "invited", made.id(), Map.of("name", called, "division", code));
        return new Invited(made, code(made.id(), secret), ownPrint());
    }

    /** Makes a new code for one that has not enrolled; the one before is worth nothing then. */
    @Transactional
    public Invited inviteAgain(String id) {
        Actor actor = office();
        Subordinate one = lock(id);
        if (one.state() != Subordinate.State.INVITED) {
            throw SuperiorException.subordinateState(one);
        }
        byte[] secret = secret();
        store.invite(id, Prints.sha256(secret), clock.instant().plus(CODE_LIVES));
        note(actor.who(), "invited", id, Map.of("name", one.name()));
        return new Invited(get(id), code(id, secret), ownPrint());
    }

    private static byte[] secret() {
        byte[] secret = new byte[CODE_BYTES];
        RANDOM.nextBytes(secret);
        return secret;
    }

    private static String code(String id, byte[] secret) {
        return id + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    }

    /** Takes nothing of it any more, and ends its key for calls. */
    @Transactional
    public Subordinate revoke(String id, @Nullable String reason) {
        Actor actor = office();
        String why = Given.text("reason", reason, 500);
        Subordinate one = lock(id);
        if (one.state() == Subordinate.State.REVOKED) {
            throw SuperiorException.subordinateState(one);
        }
        store.revoke(id);
        endKey(one);
        note(actor.who(), "revoked", id, Map.of("name", one.name(), "reason", why));
        return get(id);
    }

    /**
     * Says as which application it calls; the application gets the key of its gateways. What it may
     * call is decided as for every application.
     */
    @Transactional
    public Subordinate callsAs(String id, @Nullable String application) {
        Actor actor = office();
        String wanted = Given.text("application", application, 36);
        Subordinate one = lock(id);
        String callerKey = one.callerKey();
        if (one.state() != Subordinate.State.ENROLLED || callerKey == null) {
            throw SuperiorException.subordinateState(one);
        }
        if (wanted.equals(one.application())) {
            return one;
        }
        endKey(one);
        String key =
                applications.addKey(wanted, Algorithm.ED25519, callerKey, List.of()).key().id();
        store.callsAs(id, wanted, key);
        note(actor.who(), "callsAs", id, Map.of("application", wanted, "key", key));
        return get(id);
    }

    /** Ends the key of its calls, unless somebody has done that with the application already. */
    private void endKey(Subordinate one) {
        String application = one.application();
        String key = one.applicationKey();
        if (application == null || key == null) {
            return;
        }
        Instant now = clock.instant();
        boolean inForce =
                applications.get(application).keys().stream()
                        .anyMatch(
                                k ->
                                        k.id().equals(key)
                                                && k.state(now) == Application.KeyState.ACTIVE);
        if (inForce) {
            applications.revokeKey(application, key);
        }
    }

    /**
     * Knows a platform by its keys from now on. Asked again with the same keys it answers the same,
     * since an answer may be lost.
     *
     * @throws SuperiorException if the code is not right, was used with other keys, or has expired
     */
    @Transactional
    public Protocol.Enrolled enrol(Protocol.Enrolment asked) {
        if (!asked.isWhole()) {
            throw SuperiorException.malformed("enrolment");
        }
        Subordinate one = store.lock(asked.id()).orElseThrow(SuperiorException::enrolmentRefused);
        byte[] hash = store.codeHash(one.id());
        boolean again =
                one.state() == Subordinate.State.ENROLLED
                        && asked.key().equals(one.key())
                        && asked.callerKey().equals(one.callerKey());
        if (!Prints.same(asked.expected(hash), asked.proof())
                || !asked.division().equals(one.division())
                || one.codeExpires().isBefore(clock.instant())
                || !again && one.state() != Subordinate.State.INVITED) {
            evidence.refused(
                    Who.SYSTEM,
                    "subordinate.enrolled",
                    "subordinate:" + one.id(),
                    "ENROLMENT_REFUSED",
                    Map.of("division", asked.division()));
            throw SuperiorException.enrolmentRefused();
        }
        if (!again) {
            checkKey(asked.key());
            checkKey(asked.callerKey());
            store.enrol(one.id(), asked, clock.instant());
            note(
                    new Who(one.name(), ""),
                    "enrolled",
                    one.id(),
                    Map.of("print", Prints.of(asked.key()), "software", asked.software()));
        }
        String own = keys.messages().material();
        String name = city.platform().zh();
        return new Protocol.Enrolled(
                one.id(),
                name,
                own,
                Protocol.Enrolled.proof(hash, one.id(), name, own, asked.key()));
    }

    private static void checkKey(String material) {
        try {
            if (!Ed25519Keys.material(Ed25519Keys.publicKey(material)).equals(material)) {
                throw SuperiorException.malformed("key");
            }
        } catch (IllegalArgumentException e) {
            throw SuperiorException.malformed("key");
        }
    }

    private Actor office() {
        return access.require(MANAGE, organisations.top().code());
    }

    Subordinate lock(String id) {
        return store.lock(id).orElseThrow(() -> SuperiorException.subordinateNotFound(id));
    }

    private void note(Who who, String action, String id, Map<String, String> detail) {
        evidence.changed(who, "subordinate." + action, "subordinate:" + id, detail);
    }
}
