package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.TraceRecord;
import cn.tiaoxi.trace.Entry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import java.util.UUID;

/** Finds things in the gateway's log, whose records stand almost in the order of their times. */
final class RecordSearch {
    /** A record is written a little after its time; records may stand that much out of order. */
    static final Duration DISORDER = Duration.ofSeconds(60);

    private static final int LOOK_AT_TIME_EVERY = 256;

    private final OwnTrace trace;

    RecordSearch(OwnTrace trace) {
        this.trace = trace;
    }

    /**
     * The bytes of the record with that identifier, found by the time that is in it; blocks.
     *
     * @param id UUID version 7
     */
    Optional<byte[]> find(String id) {
        UUID wanted;
        try {
            wanted = UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        if (wanted.version() != 7) {
            return Optional.empty();
        }
        Instant time = Instant.ofEpochMilli(wanted.getMostSignificantBits() >>> 16);
        byte[] member =
                (",\"id\":\"" + wanted + "\",\"kind\":\"").getBytes(StandardCharsets.US_ASCII);
        byte[] first = ("{\"id\":\"" + wanted + "\"").getBytes(StandardCharsets.US_ASCII);
        Iterator<Entry> entries = trace.entries(firstSince(time.minus(DISORDER)));
        Instant end = time.plus(DISORDER);
        for (int seen = 1; entries.hasNext(); seen++) {
            byte[] data = entries.next().data();
            if (contains(data, member) || startsWith(data, first)) {
                return Optional.of(data);
            }
            if (seen % LOOK_AT_TIME_EVERY == 0 && TraceRecord.fromBytes(data).time().isAfter(end)) {
                break;
            }
        }
        return Optional.empty();
    }

    /** Whether a record holds its identifier where records hold it; in texts quotes are escaped. */
    private static boolean contains(byte[] data, byte[] member) {
        for (int at = 0; at <= data.length - member.length; at++) {
            if (Arrays.equals(data, at, at + member.length, member, 0, member.length)) {
                return true;
            }
        }
        return false;
    }

    /** Records of logs that were begun before had it in front. */
    private static boolean startsWith(byte[] data, byte[] start) {
        return data.length >= start.length
                && Arrays.equals(data, 0, start.length, start, 0, start.length);
    }

    /** Index of the first record not before that time, by bisection. */
    long firstSince(Instant time) {
        long low = 0;
        long high = trace.size();
        while (low < high) {
            long middle = (low + high) >>> 1;
            byte[] data = trace.entries(middle).next().data();
            if (TraceRecord.fromBytes(data).time().isBefore(time)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
