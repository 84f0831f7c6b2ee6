package cn.tiaoxi.platform.investigation;

import cn.tiaoxi.lake.source.SourceLayout;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A question about who received what.
 *
 * @param number running number, for people
 * @param dataset dataset that it is limited to, empty for all
 * @param grade highest grade of the datasets that it touches
 * @param reason why it is asked
 * @param basis on whose order or which law
 * @param kind what sort of subject is asked about, empty for a leak
 * @param shown the subject, masked for people
 * @param digests the subject under every digest key, by the key's identifier
 * @param file the leaked file, or null
 * @param consent who agreed or refused, or null
 * @param progress how far it is, 0 to 1
 * @param error why it failed, empty otherwise
 * @param result what the file says, or null
 */
public record Investigation(
        String id,
        long number,
        Type type,
        State state,
        String dataset,
        String grade,
        String reason,
        String basis,
        String kind,
        String shown,
        Map<String, Long> digests,
        @Nullable LeakedFile file,
        Instant opened,
        String openedBy,
        String openedByName,
        String organisation,
        @Nullable Consent consent,
        double progress,
        @Nullable Instant finished,
        String error,
        @Nullable LeakResult result) {
    public Investigation {
        digests = Map.copyOf(digests);
    }

    /** What is asked. */
    public enum Type {
        /** Who received the rows of a subject. */
        SUBJECT,
        /** Which deliveries explain a leaked file. */
        LEAK
    }

    /** Where it stands. */
    public enum State {
        AWAITING_FILE,
        AWAITING_CONSENT,
        WAITING,
        RUNNING,
        DONE,
        FAILED,
        REFUSED,
        CANCELLED
    }

    /**
     * A leaked file. Its bytes are deleted when it has been examined.
     *
     * @param sha256 in hexadecimal
     */
    public record LeakedFile(String name, long bytes, String sha256, SourceLayout layout) {}

    /** What the second person said. */
    public record Consent(Instant time, String username, String name, String reason) {}
}
