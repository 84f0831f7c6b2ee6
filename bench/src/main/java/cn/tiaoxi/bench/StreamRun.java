package cn.tiaoxi.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;

/** One large answer of a service after the other, masked while it streams. */
final class StreamRun {
    private final GatewayProcess gateway;
    private final String path;

    StreamRun(GatewayProcess gateway, String path) {
        this.gateway = gateway;
        this.path = path;
    }

    /**
     * What large answers cost.
     *
     * @param perCore megabytes for a second of the gateway's CPU, median
     * @param perSecond megabytes a second by the clock, median
     * @param growth megabytes of memory that the gateway holds more than after the first
     */
    record Measured(double perCore, double perSecond, long growth) {}

    /** Fetches it once to warm up and then so often. */
    Measured measure(int times) throws IOException, InterruptedException {
        double[] perCore = new double[times];
        double[] perSecond = new double[times];
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            for (int i = 0; i < 3; i++) {
                fetch(client);
            }
            long held = ProcessUse.memoryMegabytes(gateway.process());
            for (int i = 0; i < times; i++) {
                long cpu = ProcessUse.cpuMillis(gateway.process());
                long from = System.nanoTime();
                double megabytes = fetch(client) / 1e6;
                perSecond[i] = megabytes * 1e9 / (System.nanoTime() - from);
                cpu = ProcessUse.cpuMillis(gateway.process()) - cpu;
                perCore[i] = megabytes * 1e3 / Math.max(1, cpu);
            }
            Arrays.sort(perCore);
            Arrays.sort(perSecond);
            return new Measured(
                    perCore[times / 2],
                    perSecond[times / 2],
                    ProcessUse.memoryMegabytes(gateway.process()) - held);
        }
    }

    private long fetch(HttpClient client) throws IOException, InterruptedException {
        URI address = URI.create(gateway.address() + path);
        HttpRequest.Builder request = HttpRequest.newBuilder(address);
        BenchPolicy.signer().sign(address).forEach(request::header);
        HttpResponse<InputStream> response =
                client.send(request.build(), BodyHandlers.ofInputStream());
        byte[] piece = new byte[1 << 16];
        long bytes = 0;
        try (InputStream body = response.body()) {
            for (int read = body.read(piece); read >= 0; read = body.read(piece)) {
                bytes += read;
            }
        }
        if (response.statusCode() != 200 || bytes < 50_000_000) {
            throw new IOException("A large answer: " + response.statusCode() + ", " + bytes);
        }
        return bytes;
    }
}
