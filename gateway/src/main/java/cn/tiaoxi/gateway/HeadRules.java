package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.Refusal;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;

/**
 * What must hold of a head that was parsed, so that everyone on the way takes the same bytes for
 * its body (RFC 9112, section 6), and what is expected of the answer can be met.
 */
final class HeadRules {
    private HeadRules() {}

    /**
     * Checks the head of a request.
     *
     * @throws RefusedException if something does not hold; the connection is then of no more use
     */
    static void check(HttpRequest request) {
        HttpHeaders headers = request.headers();
        if (headers.contains(HttpHeaderNames.TRANSFER_ENCODING)) {
            transferEncoding(request);
        } else if (headers.contains(HttpHeaderNames.CONTENT_LENGTH)) {
            contentLength(headers.getAll(HttpHeaderNames.CONTENT_LENGTH));
        }
        String expected = headers.get(HttpHeaderNames.EXPECT);
        if (expected != null && !expected.equalsIgnoreCase("100-continue")) {
            throw new RefusedException(Refusal.EXPECTATION_UNKNOWN, expected);
        }
    }

    /** Exactly {@code chunked}, once, in HTTP/1.1, and no length beside it. */
    private static void transferEncoding(HttpRequest request) {
        HttpHeaders headers = request.headers();
        List<String> codings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
        boolean old = request.protocolVersion().compareTo(HttpVersion.HTTP_1_1) < 0;
        if (old || codings.size() != 1 || headers.contains(HttpHeaderNames.CONTENT_LENGTH)) {
            throw malformed("Transfer-Encoding");
        }
        String coding = codings.getFirst();
        if (coding.equalsIgnoreCase("chunked")) {
            return;
        }
        int last = coding.lastIndexOf(',') + 1;
        if (last > 0 && coding.substring(last).strip().equalsIgnoreCase("chunked")) {
            throw new RefusedException(Refusal.CODING_UNKNOWN, coding);
        }
        throw malformed("Transfer-Encoding");
    }

    private static void contentLength(List<String> lengths) {
        String length = lengths.getFirst();
        boolean digits = !length.isEmpty() && lengths.size() == 1;
        for (int i = 0; i < length.length(); i++) {
            digits &= length.charAt(i) >= '0' && length.charAt(i) <= '9';
        }
        if (!digits) {
            throw malformed("Content-Length");
        }
    }

    private static RefusedException malformed(String what) {
        return new RefusedException(Refusal.REQUEST_MALFORMED, what);
    }
}
