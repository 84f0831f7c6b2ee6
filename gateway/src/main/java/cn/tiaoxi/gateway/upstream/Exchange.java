package cn.tiaoxi.gateway.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpResponse;

/** Takes what comes of one request to a service, on the event loop of the connection. */
interface Exchange {
    /** The request can be sent. */
    void connected(Connection connection);

    /** The answer begins. */
    void head(HttpResponse head);

    /**
     * A piece of the body.
     *
     * @param piece belongs to the connection
     */
    void piece(ByteBuf piece);

    /** What was there is read; {@link Connection#readMore} asks for more. */
    void pause();

    /** The answer is complete; the connection is no longer its own. */
    void complete();

    /** Nothing more comes. */
    void failed(UpstreamException failure);
}
