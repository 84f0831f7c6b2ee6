package cn.tiaoxi.platform.sharing;

import cn.tiaoxi.contract.PolicyBody;
import cn.tiaoxi.contract.PolicyHead;
import cn.tiaoxi.contract.SignedPolicy;
import cn.tiaoxi.platform.sharing.PolicyItemStore.Made;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Signs what gateways get: the change from the version they hold, or the whole, which is streamed
 * to a file once for each version that is asked for.
 */
@Component
class PolicySigner implements DisposableBean {
    /** A change of more items is no quicker than the whole. */
    private static final int LONGEST_CHANGE = 20_000;

    private final PolicyItemStore items;
    private final GatewayKeys keys;
    private final Clock clock;

    // Guarded by this.
    private long builtVersion;
    private @Nullable PolicyAnswer built;

    PolicySigner(PolicyItemStore items, GatewayKeys keys, Clock clock) {
        this.items = items;
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * The change from the policy that a gateway holds to the last that was made.
     *
     * @return empty if that policy is not known, or is too far behind
     */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public Optional<PolicyAnswer> change(long from, String digest) {
        Made last = items.last().orElseThrow();
        Made base = items.made(from).orElse(null);
        if (base == null
                || !base.digest().toString().equals(digest)
                || items.countChanged(from, LONGEST_CHANGE + 1) > LONGEST_CHANGE) {
            return Optional.empty();
        }
        byte[] signed =
                SignedPolicy.signed(
                        last.version(),
                        clock.instant(),
                        new PolicyHead.Base(from, digest),
                        last.digest(),
                        items.changed(from),
                        keys.policyKey());
        return Optional.of(new PolicyAnswer(signed, null, signed.length));
    }

    /** The whole of the last policy that was made. */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public synchronized PolicyAnswer whole() {
        Made last = items.last().orElseThrow();
        PolicyAnswer before = built;
        if (before != null && builtVersion == last.version()) {
            return before;
        }
        try {
            Path file = Files.createTempFile("tiaoxi-policy-", "");
            PolicyHead head;
            try (OutputStream out = Files.newOutputStream(file)) {
                PolicyBody body = new PolicyBody(out);
                items.all(
                        item -> {
                            try {
                                body.add(item);
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        });
                head = body.end(last.version(), clock.instant(), null, last.digest());
                if (!body.put().equals(last.digest())) {
                    throw new IllegalStateException(
                            "The policy's items are not what was made of them");
                }
            }
            byte[] opening = SignedPolicy.opening(head, keys.policyKey());
            PolicyAnswer answer = new PolicyAnswer(opening, file, opening.length + head.bytes());
            destroy();
            built = answer;
            builtVersion = last.version();
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException("The policy cannot be written to a file", e);
        }
    }

    /** Deletes the file; whoever reads it reads on. */
    @Override
    public synchronized void destroy() throws IOException {
        PolicyAnswer last = built;
        if (last != null && last.rest() != null) {
            Files.deleteIfExists(last.rest());
        }
        built = null;
    }
}
