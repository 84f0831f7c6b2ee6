package cn.tiaoxi.gateway.upstream;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What was let through, in one number. One thread at a time. */
final class BodyHash {
    private final MessageDigest digest;
    private long bytes;

    BodyHash() {
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is missing", e);
        }
    }

    void add(ByteBuf piece) {
        bytes += piece.readableBytes();
        for (ByteBuffer part : piece.nioBuffers()) {
            digest.update(part);
        }
    }

    long bytes() {
        return bytes;
    }

    /** Of all so far, in hexadecimal; asked for once. */
    String sha256() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
