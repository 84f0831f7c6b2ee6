package cn.tiaoxi.platform.device;

import cn.tiaoxi.platform.border.BorderException;
import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.city.City;
import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.evidence.Evidence;
import cn.tiaoxi.platform.identity.Access;
import cn.tiaoxi.platform.identity.Actor;
import cn.tiaoxi.platform.identity.IdentityException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Lets machines report devices. Each has a token of its own, shown once when it is made; the
 * database keeps its hash. The token is looked up at every report, so that one which was taken away
 * is refused at once, by every platform.
 */
@Service
public class Reporters {
    private static final String MANAGE = "device:manage";
    private static final String PREFIX = "txd_";
    private static final int LONGEST_NAME = 60;
    private static final int SHOWN = 10;
    private static final int DAYS = 30;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final ReporterStore store;
    private final Organisations organisations;
    private final Evidence evidence;
    private final Access access;
    private final City city;
    private final Clock clock;

    Reporters(
            ReporterStore store,
            Organisations organisations,
            Evidence evidence,
            Access access,
            City city,
            Clock clock) {
        this.store = store;
        this.organisations = organisations;
        this.evidence = evidence;
        this.access = access;
        this.city = city;
        this.clock = clock;
    }

    /** A reporter just made, and its token, which is in here and nowhere else. */
    public record Made(Reporter reporter, String token) {
        @Override
        public String toString() {
            return "Made[" + reporter.id() + "]";
        }
    }

    /** The reporters of the organisations that the actor manages devices of. */
    public Page<Reporter> list(Slice slice) {
        return store.list(access.actor().reach(MANAGE), slice, today());
    }

    /**
     * A reporter within reach of the actor.
     *
     * @throws DeviceException if there is none
     */
    public Reporter get(String id) {
        Reporter reporter =
                store.find(id, today()).orElseThrow(() -> DeviceException.reporterNotFound(id));
        access.require(MANAGE, reporter.organisation());
        return reporter;
    }

    /** What became of a reporter's rows in the last days. */
    public List<Tally> tallies(Reporter reporter) {
        return store.tallies(reporter.id(), today().minusDays(DAYS));
    }

    /** What became of the rows that came from the broker in the last days. */
    public List<Tally> brokerTallies() {
        return store.tallies(Source.MQTT, today().minusDays(DAYS));
    }

    /**
     * Lets a machine report the devices of an organisation and of those below it.
     *
     * @throws BorderException if the name is missing or too long
     */
    @Transactional
    public Made add(String name, String organisation) {
        if (organisations.find(organisation).isEmpty()) {
            throw IdentityException.organisationUnknown(organisation);
        }
        Actor actor = access.require(MANAGE, organisation);
        String plain = name.strip();
        if (plain.isEmpty() || plain.length() > LONGEST_NAME || plain.indexOf(0) >= 0) {
            throw BorderException.invalid("name", "device.reporter.nameWrong", LONGEST_NAME);
        }
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        String token = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Reporter reporter =
                new Reporter(
                        UUID.randomUUID().toString(),
                        plain,
                        organisation,
                        token.substring(0, SHOWN),
                        clock.instant(),
                        actor.username(),
                        null,
                        null,
                        0,
                        0);
        if (!store.add(reporter, hash(token))) {
            throw DeviceException.reporterNameTaken(plain);
        }
        evidence.changed(
                actor.who(),
                "reporter.added",
                object(reporter),
                Map.of("name", plain, "organisation", organisation));
        return new Made(reporter, token);
    }

    /** Takes a reporter's token away; it is refused from now on. */
    @Transactional
    public Reporter revoke(String id) {
        Reporter reporter = get(id);
        Actor actor = access.actor();
        if (store.revoke(id, actor.username(), clock.instant())) {
            evidence.changed(
                    actor.who(),
                    "reporter.revoked",
                    object(reporter),
                    Map.of("name", reporter.name()));
        }
        return get(id);
    }

    /**
     * Whose token that is.
     *
     * @throws DeviceException if nobody's
     */
    Source source(String token) {
        ReporterStore.Holder holder =
                store.holder(hash(token)).orElseThrow(DeviceException::reporterTokenWrong);
        return new Source(holder.id(), organisations.within(holder.organisation()));
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), city.zone());
    }

    private static String object(Reporter reporter) {
        return "reporter:" + reporter.id();
    }

    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
