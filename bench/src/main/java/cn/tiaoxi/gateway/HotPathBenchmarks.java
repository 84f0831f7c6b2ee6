package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.CallSigner;
import cn.tiaoxi.contract.Masks;
import cn.tiaoxi.contract.MessageSignature;
import cn.tiaoxi.contract.PolicyItem;
import cn.tiaoxi.contract.PolicySnapshot.Grant;
import cn.tiaoxi.contract.PolicySnapshot.GrantState;
import cn.tiaoxi.contract.PolicySnapshot.Mask;
import cn.tiaoxi.contract.RequestParts;
import cn.tiaoxi.contract.SealedSecret;
import cn.tiaoxi.contract.SignatureInput;
import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What each call does: checks a signature, looks its grant up, masks values. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HotPathBenchmarks {
    private static final byte[] SECRET =
            "thirty-two bytes of bench secret".getBytes(StandardCharsets.US_ASCII);

    /** A signed request. */
    @State(Scope.Benchmark)
    @SuppressWarnings("NullAway.Init") // JMH calls the set-up before anything else.
    public static class Signed {
        private KeyPair pair;
        private RequestParts request;
        private SignatureInput hmac;
        private byte[] hmacSignature;
        private SignatureInput ed25519;
        private byte[] ed25519Signature;

        /** Signs it in both ways. */
        @Setup
        public void sign() throws Exception {
            AmazonCorrettoCryptoProvider.install();
            pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            URI address =
                    URI.create("http://127.0.0.1:8090/api/people?id_number=330502199000000007");
            request =
                    new RequestParts(
                            "GET",
                            "http",
                            address.getAuthority(),
                            address.getPath(),
                            "?" + address.getQuery(),
                            name -> null);
            Map<String, String> byHmac = CallSigner.hmac("key", SECRET).sign(address);
            hmac = input(byHmac);
            hmacSignature = signature(byHmac);
            Map<String, String> byKey = CallSigner.ed25519("key", pair.getPrivate()).sign(address);
            ed25519 = input(byKey);
            ed25519Signature = signature(byKey);
            if (!MessageSignature.verifyHmac(hmac, request, SECRET, hmacSignature)
                    || !MessageSignature.verifyEd25519(
                            ed25519, request, pair.getPublic(), ed25519Signature)) {
                throw new IllegalStateException("The signatures do not hold");
            }
        }

        private static SignatureInput input(Map<String, String> headers) {
            return SignatureInput.parse(header(headers, "signature-input"))
                    .values()
                    .iterator()
                    .next();
        }

        private static byte[] signature(Map<String, String> headers) {
            return SignatureInput.parseSignatures(header(headers, "signature"))
                    .values()
                    .iterator()
                    .next();
        }

        private static String header(Map<String, String> headers, String name) {
            return headers.entrySet().stream()
                    .filter(h -> h.getKey().toLowerCase(Locale.ROOT).equals(name))
                    .findFirst()
                    .orElseThrow()
                    .getValue();
        }
    }

    /** A policy with so many grants, ten on each interface. */
    @State(Scope.Benchmark)
    @SuppressWarnings("NullAway.Init") // JMH calls the set-up before anything else.
    public static class Loaded {
        @Param({"10", "500000"})
        private int grants;

        private Policy policy;
        private Instant now;
        private int next;

        /** Makes it. */
        @Setup
        public void load() {
            PolicyDraft draft =
                    new PolicyDraft(new SealedSecret("a token of at least 32 characters for this"));
            now = Instant.now();
            for (int i = 0; i < grants; i++) {
                draft.accept(
                        PolicyItem.put(
                                new Grant(
                                        "grant-" + i,
                                        "application-" + i % 1_000,
                                        "people-" + i / 10,
                                        List.of("name", "phone"),
                                        Map.of("name", Mask.NAME),
                                        "核对",
                                        100,
                                        1_000,
                                        now.minusSeconds(60),
                                        now.plusSeconds(86_400),
                                        GrantState.ACTIVE)));
            }
            policy = draft.done(1, null, now);
        }
    }

    @Benchmark
    public boolean signatureHmac(Signed s) {
        return MessageSignature.verifyHmac(s.hmac, s.request, SECRET, s.hmacSignature);
    }

    @Benchmark
    public boolean signatureEd25519(Signed s) {
        return MessageSignature.verifyEd25519(
                s.ed25519, s.request, s.pair.getPublic(), s.ed25519Signature);
    }

    /** Another grant each time, spread over all: the worst case for the processor's caches. */
    @Benchmark
    public Grant policyLookup(Loaded l) {
        l.next = (l.next + 104_729) % l.grants;
        List<Grant> found =
                l.policy.grants("application-" + l.next % 1_000, "people-" + l.next / 10);
        return GrantChoice.choose(found, null, l.now);
    }

    @Benchmark
    public @Nullable String maskName() {
        return Masks.apply(Mask.NAME, "欧阳小明");
    }

    @Benchmark
    public @Nullable String maskIdentifier() {
        return Masks.apply(Mask.IDENTIFIER, "330502199001010014");
    }

    @Benchmark
    public @Nullable String maskAddress() {
        return Masks.apply(Mask.ADDRESS, "湖州市吴兴区凤凰路100号3幢201室");
    }
}
