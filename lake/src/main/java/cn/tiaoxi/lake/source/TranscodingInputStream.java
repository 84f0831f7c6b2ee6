package cn.tiaoxi.lake.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Text of any encoding as UTF-8. Bytes that cannot be decoded become replacement characters. */
final class TranscodingInputStream extends InputStream {
    private final InputStream in;
    private final CharsetDecoder decoder;
    private final CharsetEncoder encoder =
            StandardCharsets.UTF_8.newEncoder().onMalformedInput(CodingErrorAction.REPLACE);
    private final ByteBuffer raw = ByteBuffer.allocate(1 << 16).flip();
    private final CharBuffer chars = CharBuffer.allocate(1 << 16).flip();
    private final ByteBuffer out = ByteBuffer.allocate(1 << 18).flip();
    private boolean rawEnded;
    private boolean decoded;

    TranscodingInputStream(InputStream in, Charset charset) {
        this.in = in;
        decoder =
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPLACE)
                        .onUnmappableCharacter(CodingErrorAction.REPLACE);
    }

    @Override
    public int read() throws IOException {
        return fill() ? out.get() & 0xff : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int taken = Math.min(length, out.remaining());
        out.get(bytes, offset, taken);
        return taken;
    }

    private boolean fill() throws IOException {
        while (!out.hasRemaining()) {
            if (decoded) {
                return false;
            }
            decode();
            out.clear();
            encoder.encode(chars, out, decoded);
            out.flip();
        }
        return true;
    }

    private void decode() throws IOException {
        if (!rawEnded) {
            raw.compact();
            int read = in.read(raw.array(), raw.position(), raw.remaining());
            if (read < 0) {
                rawEnded = true;
            } else {
                raw.position(raw.position() + read);
            }
            raw.flip();
        }
        chars.compact();
        CoderResult result = decoder.decode(raw, chars, rawEnded);
        if (rawEnded && result.isUnderflow()) {
            decoded = decoder.flush(chars).isUnderflow();
        }
        chars.flip();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
