package cn.tiaoxi.platform.superior;

import cn.tiaoxi.contract.RequestParts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Lets in what platforms below say, if it is signed by whom it says, now and once. */
@Component
public class Entrance {
    /** How far the clocks of two levels may be apart. */
    private static final Duration APART = Duration.ofMinutes(5);

    private static final int LONGEST_NONCE = 64;

    private final SubordinateStore store;
    private final OwnKeys keys;
    private final Clock clock;

    Entrance(SubordinateStore store, OwnKeys keys, Clock clock) {
        this.store = store;
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * Somebody who was let in.
     *
     * @param nonce of the message, which the answer repeats
     */
    public record Known(Subordinate who, String nonce) {}

    /**
     * Checks a message.
     *
     * @throws SuperiorException if it is from nobody known, not as it was signed, too old, or was
     *     seen before
     */
    public Known check(RequestParts parts, byte[] body) {
        SignedMessage.Read read = SignedMessage.read(parts.header());
        if (read == null || !read.coversAsking()) {
            throw SuperiorException.signatureWrong();
        }
        String id = String.valueOf(read.keyId());
        Subordinate who = store.find(id).orElseThrow(() -> SuperiorException.unknown(id));
        String key = who.key();
        if (key == null) {
            throw SuperiorException.unknown(id);
        }
        String own = Prints.of(keys.messages().material());
        if (!read.fits(parts, key, body)
                || !own.equals(parts.header().get(SignedMessage.RECIPIENT))) {
            throw SuperiorException.signatureWrong();
        }
        if (who.state() == Subordinate.State.REVOKED) {
            throw SuperiorException.revoked(who.name());
        }
        Instant now = clock.instant();
        Instant created = read.input().created();
        String nonce = read.nonce();
        if (created == null || Duration.between(created, now).abs().compareTo(APART) > 0) {
            throw SuperiorException.stale(APART.toSeconds());
        }
        if (nonce == null || nonce.isEmpty() || nonce.length() > LONGEST_NONCE) {
            throw SuperiorException.signatureWrong();
        }
        if (!store.first(id, nonce, now)) {
            throw SuperiorException.replayed();
        }
        store.seen(id, now);
        return new Known(who, nonce);
    }

    /** The headers that show an answer to be this platform's. */
    public Map<String, String> sign(Known known, byte[] body) {
        return SignedMessage.answer(
                keys.messages().secret(),
                Prints.of(keys.messages().material()),
                body,
                known.nonce(),
                clock.instant());
    }

    @Scheduled(fixedDelayString = "PT10M", initialDelayString = "PT1M")
    void forget() {
        store.forgetNonces(clock.instant().minus(APART.multipliedBy(3)));
    }
}
