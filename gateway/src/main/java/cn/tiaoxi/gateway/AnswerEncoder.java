package cn.tiaoxi.gateway;

import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpStatusClass;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Writes the answers of a connection; one to {@code HEAD} is written without its body (RFC 9110,
 * section 9.3.2). Owned by the connection's event loop.
 */
final class AnswerEncoder extends HttpResponseEncoder {
    private final Queue<Boolean> heads = new ArrayDeque<>(2);

    /** A request with that method was read; its answer comes in its turn. */
    void read(HttpMethod method) {
        heads.add(method.equals(HttpMethod.HEAD));
    }

    @Override
    protected boolean isContentAlwaysEmpty(HttpResponse response) {
        if (response.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
            return super.isContentAlwaysEmpty(response);
        }
        return Boolean.TRUE.equals(heads.poll()) || super.isContentAlwaysEmpty(response);
    }
}
