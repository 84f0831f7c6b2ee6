package cn.tiaoxi.bench;

import cn.tiaoxi.contract.CallSigner;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Debian's load generator wrk. Signatures are good for one call, so calls are signed beforehand
 * into a file, from which wrk's script takes them.
 */
final class Wrk {
    private final PeerPrograms programs;
    private final String program;
    private final Path script;
    private final Path calls;

    /**
     * What a run saw.
     *
     * @param refused answers with a status of 400 or more
     * @param broken connections that broke or timed out
     */
    record Result(
            long calls,
            double seconds,
            long refused,
            double p50Millis,
            double p99Millis,
            double maxMillis,
            long broken) {
        double perSecond() {
            return calls / seconds;
        }
    }

    Wrk(PeerPrograms programs, Path folder) throws IOException {
        this.programs = programs;
        this.program =
                programs.wrk()
                        .orElseThrow(() -> new IOException("wrk is missing: apt-get install wrk"));
        this.script = folder.resolve("calls.lua");
        this.calls = folder.resolve("calls");
        Resources.copy("calls.lua", script, Map.of());
    }

    /**
     * Signs calls and sends them as fast as they are answered.
     *
     * @param most calls to sign; the run fails if they do not last
     * @param paths path and query of each call
     */
    Result run(
            URI target,
            CallSigner signer,
            int most,
            IntFunction<String> paths,
            int connections,
            int seconds)
            throws IOException, InterruptedException {
        sign(target, signer, most, paths);
        Process wrk =
                programs.start(
                                program,
                                "-t1",
                                "-c" + connections,
                                "-d" + seconds + "s",
                                "-s" + script,
                                "--timeout=20s",
                                target.toString(),
                                "--",
                                calls.toString())
                        .start();
        String output = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        wrk.waitFor();
        Result result = read(output);
        if (result.calls() + connections >= most) {
            throw new IllegalStateException(most + " signed calls did not last " + seconds + " s");
        }
        return result;
    }

    private void sign(URI target, CallSigner signer, int most, IntFunction<String> paths)
            throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(calls), 1 << 16)) {
            for (int i = 0; i < most; i++) {
                String path = paths.apply(i);
                Map<String, String> headers = signer.sign(URI.create(target + path));
                String request =
                        "GET "
                                + path
                                + " HTTP/1.1\r\nHost: "
                                + target.getAuthority()
                                + "\r\nSignature-Input: "
                                + headers.get("Signature-Input")
                                + "\r\nSignature: "
                                + headers.get("Signature")
                                + "\r\n\r\n";
                out.write(
                        String.format(Locale.ROOT, "%06d", request.length())
                                .getBytes(StandardCharsets.US_ASCII));
                out.write(request.getBytes(StandardCharsets.US_ASCII));
            }
        }
    }

    private static Result read(String output) {
        String line =
                output.lines()
                        .filter(l -> l.startsWith("RESULT "))
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("wrk failed: " + output));
        List<Double> numbers =
                List.of(line.substring(7).split(" ")).stream().map(Double::valueOf).toList();
        return new Result(
                numbers.get(0).longValue(),
                numbers.get(1) / 1e6,
                numbers.get(2).longValue(),
                numbers.get(3) / 1e3,
                numbers.get(4) / 1e3,
                numbers.get(5) / 1e3,
                numbers.get(6).longValue());
    }
}
