package cn.tiaoxi.gateway;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.GeneralSecurityException;
import java.util.Arrays;

/** Reads a stretch of an export's file, piece by piece. For one thread at a time. */
final class ExportReader implements AutoCloseable {
    private final FileChannel channel;
    private final ExportSeal seal;
    private final long end;
    private long next;

    /**
     * @param channel the file, closed with this
     * @param from first byte, before encryption
     * @param end byte after the last
     */
    ExportReader(FileChannel channel, ExportSeal seal, long from, long end) {
        this.channel = channel;
        this.seal = seal;
        this.next = from;
        this.end = end;
    }

    boolean hasNext() {
        return next < end;
    }

    /**
     * The next bytes, at most those of a piece; blocks.
     *
     * @throws IOException if the file cannot be read or is not what was written
     */
    byte[] next() throws IOException {
        long piece = next / ExportSeal.PIECE;
        byte[] opened = open(piece);
        long pieceBegins = piece * ExportSeal.PIECE;
        int from = (int) (next - pieceBegins);
        int to = (int) Math.min(end - pieceBegins, ExportSeal.PIECE);
        if (opened.length < to) {
            throw new EOFException("The file of an export is too short");
        }
        next = pieceBegins + to;
        return from == 0 && to == opened.length ? opened : Arrays.copyOfRange(opened, from, to);
    }

    private byte[] open(long piece) throws IOException {
        ByteBuffer sealed = ByteBuffer.allocate(ExportSeal.SEALED_PIECE);
        long at = piece * ExportSeal.SEALED_PIECE;
        while (sealed.hasRemaining()) {
            int read = channel.read(sealed, at + sealed.position());
            if (read < 0) {
                break;
            }
        }
        try {
            return seal.open(piece, sealed.array(), sealed.position());
        } catch (GeneralSecurityException e) {
            throw new IOException("The file of an export is not what was written", e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
