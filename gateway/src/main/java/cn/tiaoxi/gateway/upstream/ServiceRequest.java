package cn.tiaoxi.gateway.upstream;

import cn.tiaoxi.contract.CallSigner;
import cn.tiaoxi.contract.HttpUpstream;
import cn.tiaoxi.contract.HttpUpstream.Method;
import cn.tiaoxi.contract.HttpUpstream.Parameter;
import cn.tiaoxi.contract.HttpUpstream.Place;
import cn.tiaoxi.contract.MessageSignature;
import cn.tiaoxi.contract.RequestParts;
import cn.tiaoxi.contract.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * What a service is asked: nothing of the caller's request but the declared parameters, checked.
 *
 * @param scheme {@code http} or {@code https}
 * @param target path and query
 * @param headers names and values in turn
 * @param body JSON, or null for none
 * @param signer signs each try anew, or null
 */
record ServiceRequest(
        Method method,
        String scheme,
        String host,
        String target,
        List<String> headers,
        byte @Nullable [] body,
        @Nullable CallSigner signer) {
    private static final String AGENT = "tiaoxi-gateway";

    /** Puts checked values where they belong. */
    static ServiceRequest of(
            HttpUpstream service,
            Map<String, String> values,
            @Nullable String credential,
            String requestId) {
        StringBuilder target = new StringBuilder(base(service));
        String path = service.path();
        StringBuilder query = new StringBuilder();
        List<String> headers = new ArrayList<>();
        List<Parameter> members = new ArrayList<>();
        for (Parameter parameter : service.parameters()) {
            String name = parameter.name();
            String value = values.get(name);
            if (parameter.place() == Place.BODY) {
                members.add(parameter);
            } else if (value != null) {
                switch (parameter.place()) {
                    case PATH -> path = path.replace("{" + name + "}", encoded(value));
                    case QUERY ->
                            query.append(query.isEmpty() ? '?' : '&')
                                    .append(encoded(name))
                                    .append('=')
                                    .append(encoded(value));
                    case HEADER -> headers.addAll(List.of(name, value.strip()));
                    case BODY -> {}
                }
            }
        }
        var known = service.credential();
        if (known != null && credential != null) {
            headers.addAll(List.of(known.header(), credential));
        }
        headers.addAll(List.of("Tiaoxi-Request-Id", requestId));
        headers.addAll(List.of("Accept", accept(service)));
        return new ServiceRequest(
                service.method(),
                service.address().getScheme(),
                host(service),
                target.append(path).append(query).toString(),
                headers,
                members.isEmpty() ? null : body(members, values),
                null);
    }

    /** The same, each try signed; with the matter that the caller named, or null. */
    ServiceRequest signed(@Nullable CallSigner with, @Nullable String matter) {
        if (with == null) {
            return this;
        }
        List<String> more = new ArrayList<>(headers);
        if (matter != null) {
            more.addAll(List.of("Tiaoxi-Matter", matter));
        }
        return new ServiceRequest(method, scheme, host, target, more, body, with);
    }

    /** The same as a part of that trace; null for none. */
    ServiceRequest within(@Nullable String traceparent) {
        if (traceparent == null) {
            return this;
        }
        List<String> more = new ArrayList<>(headers);
        more.addAll(List.of("traceparent", traceparent));
        return new ServiceRequest(method, scheme, host, target, more, body, signer);
    }

    /** A question for health. */
    static ServiceRequest probe(HttpUpstream service, String path) {
        return new ServiceRequest(
                Method.GET,
                service.address().getScheme(),
                host(service),
                base(service) + path,
                List.of("Accept", "*/*"),
                null,
                null);
    }

    private static String base(HttpUpstream service) {
        String path = service.address().getRawPath();
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end);
    }

    private static String host(HttpUpstream service) {
        int port = service.address().getPort();
        return service.address().getHost() + (port < 0 ? "" : ":" + port);
    }

    private static String accept(HttpUpstream service) {
        return switch (service.format()) {
            case JSON -> "application/json";
            case NDJSON -> "application/x-ndjson";
            case CSV -> "text/csv";
        };
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static byte[] body(List<Parameter> members, Map<String, String> values) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator json = Wire.JSON.createGenerator(bytes)) {
            json.writeStartObject();
            for (Parameter member : members) {
                String value = values.get(member.name());
                if (value != null) {
                    json.writeName(member.name());
                    switch (member.type()) {
                        case INTEGER -> json.writeNumber(Long.parseLong(value));
                        case DECIMAL -> json.writeNumber(new BigDecimal(value));
                        case BOOLEAN -> json.writeBoolean(Boolean.parseBoolean(value));
                        case TEXT, DATE, TIMESTAMP -> json.writeString(value);
                    }
                }
            }
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    /** The message, made anew for each try. */
    FullHttpRequest message() {
        ByteBuf content = body == null ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(body);
        FullHttpRequest message =
                new DefaultFullHttpRequest(
                        HttpVersion.HTTP_1_1, HttpMethod.valueOf(method.name()), target, content);
        HttpHeaders own = message.headers();
        own.set(HttpHeaderNames.HOST, host);
        own.set(HttpHeaderNames.USER_AGENT, AGENT);
        own.set(HttpHeaderNames.ACCEPT_ENCODING, "identity");
        for (int i = 0; i < headers.size(); i += 2) {
            own.set(headers.get(i), headers.get(i + 1));
        }
        if (method == Method.POST) {
            own.set(HttpHeaderNames.CONTENT_LENGTH, content.readableBytes());
            if (body != null) {
                own.set(HttpHeaderNames.CONTENT_TYPE, "application/json");
            }
        }
        if (signer != null) {
            sign(own, signer);
        }
        return message;
    }

    private void sign(HttpHeaders own, CallSigner with) {
        List<String> covered = CallSigner.COVERED;
        if (body != null) {
            own.set("Content-Digest", MessageSignature.contentDigest(body));
            covered = new ArrayList<>(covered);
            covered.add("content-digest");
        }
        RequestParts parts =
                RequestParts.of(
                        method.name(), URI.create(scheme + "://" + host + target), own::get);
        with.sign(parts, covered).forEach(own::set);
    }
}
