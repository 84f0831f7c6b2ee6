package cn.tiaoxi.platform.superior;

import cn.tiaoxi.contract.Ed25519Keys;
import cn.tiaoxi.platform.border.BorderException;
import cn.tiaoxi.platform.border.Identifiers;
import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.city.City;
import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.evidence.Evidence;
import cn.tiaoxi.platform.identity.Access;
import cn.tiaoxi.platform.identity.Actor;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** The connection to the platform above: made with a code from there, shown, ended. */
@Service
public class Uplinks {
    /** What one may do with the platform above. */
    static final String MANAGE = "uplink:manage";

    private static final String SOFTWARE = "tiaoxi 1";

    private final UplinkStore store;
    private final ReportQueue queue;
    private final ReceivedOrderStore orders;
    private final ProvinceClient province;
    private final OwnKeys keys;
    private final City city;
    private final Organisations organisations;
    private final Evidence evidence;
    private final Access access;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Uplinks(
            UplinkStore store,
            ReportQueue queue,
            ReceivedOrderStore orders,
            ProvinceClient province,
            OwnKeys keys,
            City city,
            Organisations organisations,
            Evidence evidence,
            Access access,
            TransactionTemplate transaction,
            Clock clock) {
        this.store = store;
        this.queue = queue;
        this.orders = orders;
        this.province = province;
        this.keys = keys;
        this.city = city;
        this.organisations = organisations;
        this.evidence = evidence;
        this.access = access;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Reports that are not acknowledged.
     *
     * @param oldest since when the oldest waits, or null
     */
    public record Lag(long waiting, @Nullable Instant oldest) {}

    /** The platform above, if there is one. */
    public Optional<Uplink> find() {
        return store.find();
    }

    /** How far it is behind. */
    public Lag lag() {
        return store.lag();
    }

    /** How many reports of each kind wait. */
    public Map<String, Long> waiting() {
        return queue.waiting();
    }

    /** The print of this platform's key. */
    public String ownPrint() {
        return Prints.of(keys.messages().material());
    }

    /** Orders from above, the last first. */
    public Page<ReceivedOrder> orders(Slice slice) {
        return orders.list(slice);
    }

    /**
     * Connects with the platform above. Both ends show that they know the code, which itself does
     * not travel, so that neither can be somebody in between.
     *
     * @param address base URL of the platform above
     * @param code as it was made there
     * @throws SuperiorException if there is a connection, or the other end cannot be reached,
     *     refuses, or does not know the code
     */
    public Uplink connect(@Nullable String address, @Nullable String code) {
        Actor actor = access.require(MANAGE, organisations.top().code());
        URI at = address(Given.text("address", address, 200));
        String given = Given.text("code", code, 200);
        store.find()
                .ifPresent(
                        there -> {
                            throw SuperiorException.uplinkThere(there.name());
                        });
        int dot = given.indexOf('.');
        String id = dot < 0 ? "" : given.substring(0, dot);
        byte[] hash = Prints.sha256(secret(given.substring(dot + 1)));
        if (!Identifiers.isIdentifier(id)) {
            throw BorderException.invalid("code", "superior.code");
        }
        Protocol.Enrolled enrolled = province.enrol(at, enrolment(id, hash));
        check(enrolled, id, hash);
        transaction.executeWithoutResult(
                status -> {
                    if (!store.add(at, enrolled, actor.name(), clock.instant())) {
                        throw SuperiorException.uplinkThere(enrolled.name());
                    }
                    store.forgetTold();
                    evidence.changed(
                            actor.who(),
                            "uplink.connected",
                            "uplink:" + enrolled.id(),
                            Map.of(
                                    "address", at.toString(),
                                    "name", enrolled.name(),
                                    "print", Prints.of(enrolled.key())));
                });
        return store.find().orElseThrow(SuperiorException::uplinkMissing);
    }

    private Protocol.Enrolment enrolment(String id, byte[] hash) {
        Protocol.Enrolment unproved =
                new Protocol.Enrolment(
                        id,
                        city.code(),
                        SOFTWARE,
                        keys.messages().material(),
                        keys.calls().material(),
                        "");
        return new Protocol.Enrolment(
                id,
                unproved.division(),
                SOFTWARE,
                unproved.key(),
                unproved.callerKey(),
                unproved.expected(hash));
    }

    private void check(Protocol.Enrolled enrolled, String id, byte[] hash) {
        String key = enrolled.key();
        String name = enrolled.name();
        if (key == null || name == null || enrolled.proof() == null || !id.equals(enrolled.id())) {
            throw SuperiorException.notGenuine();
        }
        String proof = Protocol.Enrolled.proof(hash, id, name, key, keys.messages().material());
        try {
            Ed25519Keys.publicKey(key);
        } catch (IllegalArgumentException e) {
            throw SuperiorException.notGenuine();
        }
        if (!Prints.same(proof, enrolled.proof())) {
            throw SuperiorException.notGenuine();
        }
    }

    private static byte[] secret(String text) {
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw BorderException.invalid("code", "superior.code");
        }
    }

    private static URI address(String text) {
        try {
            URI address = URI.create(text.replaceAll("/+$", ""));
            if (("http".equals(address.getScheme()) || "https".equals(address.getScheme()))
                    && address.getHost() != null
                    && address.getRawUserInfo() == null
                    && address.getRawQuery() == null
                    && address.getRawFragment() == null) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            // Said below, like an address of another kind.
        }
        throw BorderException.invalid("address", "superior.address");
    }

    /**
     * Ends the connection; what was ordered stays in force, what was not acknowledged is dropped.
     */
    public void disconnect(@Nullable String reason) {
        Actor actor = access.require(MANAGE, organisations.top().code());
        String why = Given.text("reason", reason, 500);
        transaction.executeWithoutResult(
                status -> {
                    Uplink there = store.lock().orElseThrow(SuperiorException::uplinkMissing);
                    store.remove();
                    evidence.changed(
                            actor.who(),
                            "uplink.disconnected",
                            "uplink:" + there.id(),
                            Map.of("name", there.name(), "reason", why));
                });
    }
}
