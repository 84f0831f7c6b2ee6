package cn.tiaoxi.command;

import cn.tiaoxi.contract.CallSigner;
import cn.tiaoxi.contract.RequestParts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** A program that calls interfaces on a gateway with one key. */
public final class SignedCaller implements AutoCloseable {
    private final URI gateway;
    private final CallSigner signer;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(5))
                    .build();

    /** Prepares a caller; it holds its connection open. */
    public SignedCaller(URI gateway, CallSigner signer) {
        this.gateway = gateway;
        this.signer = signer;
    }

    /** Calls an interface with these parameters, signed now. */
    public HttpResponse<String> call(String lookup, Map<String, String> parameters) {
        URI address = address(lookup, parameters);
        return send(address, signer.sign(address));
    }

    /** Sends a request without a body to a path of the gateway, signed now. */
    public HttpResponse<String> send(String method, String path) {
        URI address = gateway.resolve(path);
        RequestParts parts = RequestParts.of(method, address, name -> null);
        return send(method, address, signer.sign(parts, CallSigner.COVERED));
    }

    /** Sends a call with headers made elsewhere. */
    public HttpResponse<String> send(URI address, Map<String, String> headers) {
        return send("GET", address, headers);
    }

    private HttpResponse<String> send(String method, URI address, Map<String, String> headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address)
                        .timeout(Duration.ofSeconds(30))
                        .method(method, BodyPublishers.noBody());
        headers.forEach(request::header);
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(address + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Stopped while calling " + address, e);
        }
    }

    /** The headers that sign a call of that address. */
    public Map<String, String> sign(URI address) {
        return signer.sign(address);
    }

    /** The address of an interface with parameters. */
    public URI address(String lookup, Map<String, String> parameters) {
        String query =
                parameters.entrySet().stream()
                        .map(
                                p ->
                                        PlatformClient.encode(p.getKey())
                                                + "="
                                                + PlatformClient.encode(p.getValue()))
                        .collect(Collectors.joining("&"));
        return gateway.resolve("/api/" + lookup + (query.isEmpty() ? "" : "?" + query));
    }

    @Override
    public void close() {
        http.close();
    }
}
