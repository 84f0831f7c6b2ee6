package cn.tiaoxi.gateway;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/**
 * Writes a file of an export: encrypted piece by piece, within the room that the folder has, under
 * a draft's name until it is whole and durable. For one thread.
 */
final class ExportWriter implements AutoCloseable {
    private final ExportFolder folder;
    private final UUID id;
    private final int attempt;
    private final FileChannel channel;
    private final ExportSeal seal;
    private final MessageDigest sha256;
    private final byte[] piece = new byte[ExportSeal.PIECE];
    private int inPiece;
    private long pieces;
    private long bytes;
    private long taken;
    private boolean finished;

    ExportWriter(ExportFolder folder, UUID id, int attempt, byte[] key) throws IOException {
        this.folder = folder;
        this.id = id;
        this.attempt = attempt;
        this.seal = new ExportSeal(key, attempt);
        this.channel = folder.draft(id, attempt);
        try {
            this.sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is missing", e);
        }
    }

    /**
     * Writes further bytes.
     *
     * @throws RefusedException EXPORT_STORE_FULL
     */
    void write(byte[] more) throws IOException {
        sha256.update(more);
        bytes += more.length;
        int from = 0;
        while (from < more.length) {
            int length = Math.min(more.length - from, piece.length - inPiece);
            System.arraycopy(more, from, piece, inPiece, length);
            inPiece += length;
            from += length;
            if (inPiece == piece.length) {
                writePiece();
            }
        }
    }

    private void writePiece() throws IOException {
        byte[] sealed = seal.seal(pieces, piece, inPiece);
        folder.take(sealed.length);
        taken += sealed.length;
        ByteBuffer buffer = ByteBuffer.wrap(sealed);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        pieces++;
        inPiece = 0;
    }

    /** Bytes of the file so far, before encryption. */
    long bytes() {
        return bytes;
    }

    /**
     * Makes the file durable under its name.
     *
     * @return the SHA-256 of what was written, in hexadecimal
     */
    String finish() throws IOException {
        if (inPiece > 0) {
            writePiece();
        }
        channel.force(true);
        channel.close();
        folder.finish(id, attempt);
        finished = true;
        return HexFormat.of().formatHex(sha256.digest());
    }

    /** Ends it; a file that was not finished leaves nothing. */
    @Override
    public void close() throws IOException {
        channel.close();
        if (!finished) {
            folder.dropDraft(id, attempt, taken);
        }
    }
}
