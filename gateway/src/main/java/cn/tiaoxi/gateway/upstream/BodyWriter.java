package cn.tiaoxi.gateway.upstream;

import io.netty.buffer.ByteBuf;

/** Where a body goes that comes in pieces. Owned by the caller's event loop. */
public interface BodyWriter {
    /** Sends a piece and releases it. */
    void write(ByteBuf piece);

    /** Whether the caller takes more at the moment; {@link StreamedBody#resume} says when again. */
    boolean isWritable();

    /** The body is complete. */
    void end();

    /** The body breaks off, and the caller must see that. */
    void cut();
}
