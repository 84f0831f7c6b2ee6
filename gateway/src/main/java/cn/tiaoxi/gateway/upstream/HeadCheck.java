package cn.tiaoxi.gateway.upstream;

import cn.tiaoxi.contract.HttpUpstream;
import cn.tiaoxi.contract.HttpUpstream.Format;
import cn.tiaoxi.contract.Refusal;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import java.util.List;
import java.util.Locale;

/** Checks the head of a service's answer before anything of its body is taken. */
final class HeadCheck {
    private HeadCheck() {}

    /**
     * @throws UpstreamException if the answer is not to be passed on
     */
    static void check(HttpUpstream service, HttpResponse head) {
        int status = head.status().code();
        if (status == 404) {
            throw UpstreamException.of(Refusal.UPSTREAM_NOT_FOUND, "404");
        }
        if (status == 502 || status == 503 || status == 504) {
            throw UpstreamException.early(Refusal.UPSTREAM_STATUS, Integer.toString(status));
        }
        if (status != 200) {
            throw UpstreamException.of(Refusal.UPSTREAM_STATUS, Integer.toString(status));
        }
        checkEncoding(head);
        checkType(service.format(), head);
        boolean chunked = HttpUtil.isTransferEncodingChunked(head);
        long length = chunked ? -1 : HttpUtil.getContentLength(head, -1L);
        if (length > service.mostBytes()) {
            throw tooLarge(service);
        }
        if (length < 0 && !chunked && service.format() != Format.JSON) {
            throw UpstreamException.invalid("no Content-Length");
        }
    }

    static UpstreamException tooLarge(HttpUpstream service) {
        return UpstreamException.of(
                Refusal.UPSTREAM_ANSWER_TOO_LARGE, Long.toString(service.mostBytes()));
    }

    private static void checkEncoding(HttpResponse head) {
        String encoding = head.headers().get(HttpHeaderNames.CONTENT_ENCODING);
        if (encoding != null && !encoding.strip().equalsIgnoreCase("identity")) {
            throw UpstreamException.invalid("Content-Encoding " + encoding);
        }
        List<String> transfer = head.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
        if (transfer.size() > 1
                || transfer.size() == 1
                        && !transfer.getFirst().strip().equalsIgnoreCase("chunked")) {
            throw UpstreamException.invalid("Transfer-Encoding " + String.join(", ", transfer));
        }
    }

    private static void checkType(Format format, HttpResponse head) {
        String sent = head.headers().get(HttpHeaderNames.CONTENT_TYPE);
        String[] parts =
                sent == null ? new String[] {""} : sent.toLowerCase(Locale.ROOT).split(";");
        String type = parts[0].strip();
        boolean fits =
                switch (format) {
                    case JSON -> type.equals("application/json") || type.endsWith("+json");
                    case NDJSON ->
                            type.equals("application/x-ndjson")
                                    || type.equals("application/ndjson")
                                    || type.equals("application/jsonl");
                    case CSV -> type.equals("text/csv");
                };
        if (!fits) {
            throw UpstreamException.invalid("Content-Type " + (sent == null ? "-" : sent));
        }
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip().replace("\"", "");
            if (parameter.startsWith("charset=") && !parameter.equals("charset=utf-8")) {
                throw UpstreamException.invalid("Content-Type " + sent);
            }
        }
    }

    /** What callers are told that the answer is. */
    static String contentType(Format format) {
        return switch (format) {
            case JSON -> "application/json";
            case NDJSON -> "application/x-ndjson";
            case CSV -> "text/csv; charset=utf-8";
        };
    }
}
