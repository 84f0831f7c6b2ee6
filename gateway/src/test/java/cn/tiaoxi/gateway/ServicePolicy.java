package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.HttpUpstream;
import cn.tiaoxi.contract.HttpUpstream.Breaker;
import cn.tiaoxi.contract.HttpUpstream.Credential;
import cn.tiaoxi.contract.HttpUpstream.Format;
import cn.tiaoxi.contract.HttpUpstream.Method;
import cn.tiaoxi.contract.HttpUpstream.Parameter;
import cn.tiaoxi.contract.HttpUpstream.Place;
import cn.tiaoxi.contract.HttpUpstream.Probe;
import cn.tiaoxi.contract.HttpUpstream.Signing;
import cn.tiaoxi.contract.HttpUpstream.Times;
import cn.tiaoxi.contract.PolicySnapshot.Field;
import cn.tiaoxi.contract.PolicySnapshot.FieldType;
import cn.tiaoxi.contract.PolicySnapshot.Grade;
import cn.tiaoxi.contract.PolicySnapshot.InterfaceState;
import cn.tiaoxi.contract.PolicySnapshot.PublishedInterface;
import cn.tiaoxi.contract.SealedSecret;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.util.List;

/** Describes services for tests. The grant shows name and phone masked, and division. */
final class ServicePolicy {
    static final List<Field> FIELDS =
            List.of(
                    field("name"),
                    field("phone"),
                    field("secret"),
                    field("division"),
                    field("born"));

    private final String id;
    URI address;
    Method method = Method.GET;
    String path;
    List<Parameter> parameters = List.of(Parameter.of("q", Place.QUERY, false, FieldType.TEXT));
    Times times = new Times(1_000, 5_000, 30_000);
    int tries = 1;
    int connections = 50;
    Probe probe;
    Breaker breaker = new Breaker(20, 1);
    long mostBytes = 1L << 30;
    Format format = Format.JSON;
    String records = "";
    List<String> around = List.of();
    Credential credential;
    Signing signing;

    private ServicePolicy(String id, URI address) {
        this.id = id;
        this.address = address;
        this.path = "/" + id;
    }

    /** A service of that name whose path is its name. */
    static ServicePolicy of(String id, TestService service) {
        return new ServicePolicy(id, service.address());
    }

    static ServicePolicy of(String id, URI address) {
        return new ServicePolicy(id, address);
    }

    static Field field(String name) {
        return new Field(name, name, FieldType.TEXT, Grade.L2, "");
    }

    ServicePolicy probed(String at) {
        probe = new Probe(at, 2);
        return this;
    }

    ServicePolicy known(String header, String secret) {
        String sealed =
                new SealedSecret(TestPlatform.TOKEN)
                        .seal(Credential.sealedFor(id), secret.getBytes(StandardCharsets.UTF_8));
        credential = new Credential(header, sealed);
        return this;
    }

    /** Each call is signed with that Ed25519 key. */
    ServicePolicy signed(String keyId, PrivateKey key) {
        String sealed =
                new SealedSecret(TestPlatform.TOKEN).seal(Signing.sealedFor(id), key.getEncoded());
        signing = new Signing(keyId, sealed);
        return this;
    }

    /** With one parameter in each place, and each kind of limit. */
    ServicePolicy parameters() {
        method = Method.POST;
        path = "/" + id + "/{code}";
        parameters =
                List.of(
                        Parameter.of("code", Place.PATH, true, FieldType.TEXT),
                        new Parameter(
                                "kind",
                                Place.QUERY,
                                false,
                                FieldType.TEXT,
                                null,
                                List.of("A", "B"),
                                null,
                                null,
                                null,
                                null,
                                ""),
                        new Parameter(
                                "X-Area",
                                Place.HEADER,
                                false,
                                FieldType.TEXT,
                                "^[0-9]{6}$",
                                List.of(),
                                null,
                                null,
                                null,
                                null,
                                ""),
                        new Parameter(
                                "age",
                                Place.BODY,
                                false,
                                FieldType.INTEGER,
                                null,
                                List.of(),
                                BigDecimal.ZERO,
                                new BigDecimal(150),
                                null,
                                null,
                                ""),
                        new Parameter(
                                "slow",
                                Place.BODY,
                                false,
                                FieldType.TEXT,
                                "^(a+)+$",
                                List.of(),
                                null,
                                null,
                                null,
                                null,
                                ""));
        return this;
    }

    PublishedInterface served() {
        return new PublishedInterface(
                id,
                id,
                "",
                "330500-police",
                "",
                List.of(),
                FIELDS,
                100,
                InterfaceState.LIVE,
                null,
                new HttpUpstream(
                        address,
                        method,
                        path,
                        parameters,
                        times,
                        tries,
                        connections,
                        probe,
                        breaker,
                        mostBytes,
                        format,
                        records,
                        around,
                        credential,
                        signing));
    }

    /** Adds it and a grant for it. */
    void addTo(TestPolicy policy) {
        policy.interfaces.add(served());
        policy.grants.add(TestPolicy.grant("g-" + id, id));
    }
}
