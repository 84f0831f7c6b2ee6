package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.Refusal;
import cn.tiaoxi.trace.Tile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The read API of the gateway's own log (tlog-tiles), for whoever holds the shared token. */
final class TraceReads {
    /** Where the log's resources are. */
    static final String PREFIX = "/trace/";

    private final OwnTrace trace;
    private final PolicyKeeper keeper;

    TraceReads(OwnTrace trace, PolicyKeeper keeper) {
        this.trace = trace;
        this.keeper = keeper;
    }

    /**
     * A resource of the log, 404 if it has none such.
     *
     * @throws RefusedException GATEWAY_TOKEN_INVALID
     */
    Answer read(String path, @Nullable String authorization) throws IOException {
        requireToken(keeper, authorization);
        String resource = path.substring(PREFIX.length());
        if (!Tile.isResource(resource)) {
            return missing();
        }
        Path file = trace.log().folder().resolve(resource);
        try {
            boolean note = resource.equals(Tile.CHECKPOINT);
            return new Answer(
                    200,
                    note ? "text/plain; charset=utf-8" : "application/octet-stream",
                    Files.readAllBytes(file),
                    Map.of());
        } catch (NoSuchFileException e) {
            return missing();
        }
    }

    /**
     * Lets through who holds the token that platform and gateways share.
     *
     * @throws RefusedException GATEWAY_TOKEN_INVALID
     */
    static void requireToken(PolicyKeeper keeper, @Nullable String authorization)
            throws IOException {
        byte[] wanted = ("Bearer " + keeper.token()).getBytes(StandardCharsets.UTF_8);
        byte[] given =
                authorization == null
                        ? new byte[0]
                        : authorization.getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(wanted, given)) {
            throw new RefusedException(Refusal.GATEWAY_TOKEN_INVALID, "-");
        }
    }

    private static Answer missing() {
        return new Answer(
                404,
                "text/plain; charset=utf-8",
                "no such resource of the log\n".getBytes(StandardCharsets.UTF_8),
                Map.of());
    }
}
