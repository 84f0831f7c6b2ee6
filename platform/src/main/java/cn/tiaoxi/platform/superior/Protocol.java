package cn.tiaoxi.platform.superior;

import cn.tiaoxi.platform.sharing.ServedField;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the levels say to each other, version 1; described for others in {@code
 * docs/reference/upper-level.md}. Unknown members are ignored on reading.
 */
public final class Protocol {
    /** Most reports of one message. */
    static final int MOST_REPORTS = 500;

    /** Most bytes of a message's body. */
    public static final int MOST_BYTES = 2 << 20;

    private Protocol() {}

    /**
     * A city asks to be known.
     *
     * @param id the subordinate that the code was made for
     * @param division code by GB/T 2260
     * @param software name and version
     * @param key Ed25519 public key of its messages, Base64 of 32 bytes
     * @param callerKey the same of its gateways' calls
     * @param proof HMAC of these under the code
     */
    public record Enrolment(
            String id,
            String division,
            String software,
            String key,
            String callerKey,
            String proof) {
        String expected(byte[] codeHash) {
            return Prints.proof(
                    codeHash, "tiaoxi enrolment v1", id, division, software, key, callerKey);
        }

        boolean isWhole() {
            return java.util.stream.Stream.of(id, division, software, key, callerKey, proof)
                    .allMatch(t -> t != null && !t.isBlank() && t.length() <= 200);
        }
    }

    /** The province knows it, and shows who it is. */
    public record Enrolled(String id, String name, String key, String proof) {
        static String proof(byte[] codeHash, String id, String name, String key, String asker) {
            return Prints.proof(codeHash, "tiaoxi enrolled v1", id, name, key, asker);
        }
    }

    /** What a report is about. */
    enum Kind {
        CATALOGUE,
        INTERFACE,
        TRAFFIC,
        VIOLATION,
        /** What came of an order. */
        ORDER
    }

    /**
     * One report: the newest state of one thing.
     *
     * @param number higher than that of every report before
     * @param kind as of {@link Kind}; others are for later versions
     * @param object identifier of the thing within its kind
     * @param body what it is now, or null if it is gone
     */
    record Report(long number, String kind, String object, Instant time, @Nullable JsonNode body) {}

    /** Reports by their numbers. */
    record Reports(List<Report> reports) {}

    /**
     * How far reports are stored.
     *
     * @param received the highest number
     */
    record Receipt(long received) {}

    /** What an order is for. */
    public enum Act {
        SUSPEND,
        LIFT,
        OFFER,
        WITHDRAW
    }

    /**
     * An order as it is signed.
     *
     * @param subordinate to whom
     * @param number the one before plus one
     * @param interfaceId of the city for SUSPEND and LIFT, else of the province
     * @param until when a suspension lapses by itself, or null
     */
    record Order(
            String subordinate,
            long number,
            Act act,
            String interfaceId,
            Instant given,
            String reason,
            String legalBasis,
            @Nullable Instant until,
            @Nullable Offer offer) {}

    /**
     * An interface of the province's, as it is granted to a city.
     *
     * @param address where its gateway answers, with the interface's path
     * @param keyId under which the city's calls are known
     * @param keys what it may be asked by
     * @param fields granted fields
     * @param until when the grant ends
     */
    record Offer(
            String name,
            String organisation,
            String address,
            String keyId,
            List<String> keys,
            List<ServedField> fields,
            Instant until) {}

    /** An order's JSON and the province's Ed25519 signature of {@link #signed}. */
    record SignedOrder(String text, String signature) {
        static byte[] signed(String text) {
            return ("tiaoxi order v1\n" + text).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    /**
     * Orders after a number.
     *
     * @param received as of {@link Receipt}
     */
    record Orders(List<SignedOrder> orders, long received) {}
}
