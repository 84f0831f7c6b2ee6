package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A file that a caller ordered, as all gateways know it.
 *
 * @param gateway identifier of the gateway that makes and keeps the file
 * @param address base URL of that gateway
 * @param grant identifier of the grant that it was ordered under
 * @param fields in the order of the file
 * @param terms how each field is hidden, {@link ExportTerms#hiding}
 * @param code why it failed, or null
 * @param seal key of what the gateway keeps of it, or null once nothing is kept
 * @param attempt counts how often the making began; each begins the file anew
 * @param rows rows so far
 * @param bytes bytes so far
 * @param sha256 of the file, in hexadecimal, or null until it is made
 * @param note what the gateway signed of the file, or null until it is made
 * @param request identifier of the order's call
 * @param downloads how often the file was asked for
 */
record Export(
        UUID id,
        String gateway,
        String address,
        String interfaceId,
        String application,
        String organisation,
        String grant,
        List<String> fields,
        String terms,
        Format format,
        State state,
        @Nullable Refusal code,
        byte @Nullable [] seal,
        int attempt,
        long rows,
        long bytes,
        @Nullable String sha256,
        @Nullable String note,
        int keptHours,
        String request,
        Instant ordered,
        @Nullable Instant made,
        @Nullable Instant expires,
        int downloads) {

    /** How a file is written. */
    enum Format {
        /** RFC 4180 in UTF-8, with a line of names. */
        CSV("text/csv; charset=utf-8; header=present", "csv"),
        /** A JSON object on each line. */
        NDJSON("application/x-ndjson", "ndjson");

        private final String contentType;
        private final String extension;

        Format(String contentType, String extension) {
            this.contentType = contentType;
            this.extension = extension;
        }

        String contentType() {
            return contentType;
        }

        String extension() {
            return extension;
        }
    }

    /** Where an export stands. */
    enum State {
        WAITING,
        RUNNING,
        READY,
        FAILED,
        EXPIRED,
        DELETED
    }

    /** Its state at a moment: a file is not kept beyond its time, whether it is gone yet or not. */
    State stateAt(Instant now) {
        return state == State.READY && expires != null && !now.isBefore(expires)
                ? State.EXPIRED
                : state;
    }

    /** The same with its file, which is durable. */
    Export made(long ofRows, long ofBytes, String digest, String signed, Instant when) {
        return new Export(
                id,
                gateway,
                address,
                interfaceId,
                application,
                organisation,
                grant,
                fields,
                terms,
                format,
                state,
                code,
                seal,
                attempt,
                ofRows,
                ofBytes,
                digest,
                signed,
                keptHours,
                request,
                ordered,
                when,
                expiry(when),
                downloads);
    }

    /** Until when a file is kept that was made at that time. */
    Instant expiry(Instant when) {
        return when.plus(Duration.ofHours(keptHours));
    }

    /** What the gateway signs of a file. Its first line is no log's origin. */
    String statement(long ofRows, long ofBytes, String digest, Instant when) {
        return """
        tiaoxi/export/v1
        export %s
        gateway %s
        interface %s
        grant %s
        application %s
        request %s
        fields %s
        format %s
        rows %d
        bytes %d
        sha256 %s
        made %s
        expires %s
        """
                .formatted(
                        id,
                        gateway,
                        interfaceId,
                        grant,
                        application,
                        request,
                        String.join(",", fields).replaceAll("\\p{Cntrl}", "?"),
                        format,
                        ofRows,
                        ofBytes,
                        digest,
                        when,
                        expiry(when));
    }

    boolean isUnderWay() {
        return state == State.WAITING || state == State.RUNNING;
    }

    /** Name that the file is offered under. */
    String fileName() {
        return interfaceId + "-" + id + "." + format.extension();
    }

    /** Where the file is on the gateway that keeps it. */
    String contentAddress() {
        return address + ExportTarget.path(interfaceId, id) + "/content";
    }
}
