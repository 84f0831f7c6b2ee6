package cn.tiaoxi.command;

import cn.tiaoxi.command.Scenario.Calls;
import cn.tiaoxi.contract.CallSigner;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls as the demonstration's programs would: mostly right, sometimes wrong on purpose. */
final class CallStory {
    private static final int CALLS = 40;

    private final Story story;
    private final URI gateway;
    private final CallerKeys keys;
    private final Path folder;

    CallStory(Story story, URI gateway, CallerKeys keys, Path folder) {
        this.story = story;
        this.gateway = gateway;
        this.keys = keys;
        this.folder = folder;
    }

    /** Calls with each value, as often as the story says. */
    void make(Calls calls) throws IOException {
        List<String> values = repeated(values(calls), calls.times());
        try (SignedCaller caller = caller(calls)) {
            await(caller, calls, values.getFirst(), 200);
            int answered = 0;
            long begin = System.nanoTime();
            for (String value : values) {
                HttpResponse<String> response = call(caller, calls, value);
                answered += response.statusCode() == 200 ? 1 : 0;
            }
            double each = (System.nanoTime() - begin) / 1e6 / values.size();
            String pace = String.format(Locale.ROOT, "%.1f", each);
            story.tell(
                    "“"
                            + calls.application()
                            + "”调用 "
                            + calls.lookup()
                            + "：答复 "
                            + answered
                            + " 次，平均 "
                            + pace
                            + " 毫秒",
                    answered + " calls of " + calls.lookup() + " answered, " + pace + " ms each");
        }
    }

    /** Calls that must be refused: forged, replayed, for a field that was not granted. */
    void abuse(Calls calls) throws IOException {
        Map<String, String> parameters = Map.of(calls.key(), values(calls).getFirst());
        CallSigner stranger = CallSigner.hmac(keys.keyId(calls.application()), new byte[32]);
        try (SignedCaller caller = caller(calls);
                SignedCaller forger = new SignedCaller(gateway, stranger)) {
            tellRefusal("签名不对", "wrong signature", forger.call(calls.lookup(), parameters));
            URI address = caller.address(calls.lookup(), parameters);
            Map<String, String> headers = caller.sign(address);
            caller.send(address, headers);
            tellRefusal("重放", "replay", caller.send(address, headers));
            Map<String, String> more = new LinkedHashMap<>(parameters);
            more.put("fields", String.valueOf(calls.field()));
            tellRefusal("未授权的字段", "field not granted", caller.call(calls.lookup(), more));
        }
    }

    /** A call under a grant that was taken back. */
    void afterRevocation(Calls calls) throws IOException {
        try (SignedCaller caller = caller(calls)) {
            tellRefusal(
                    "授权已撤销", "grant revoked", await(caller, calls, values(calls).getFirst(), 403));
        }
    }

    private SignedCaller caller(Calls calls) throws IOException {
        return new SignedCaller(gateway, keys.signer(calls.application()));
    }

    /** A change of the policy reaches the gateway in under a second; ten are waited. */
    private static HttpResponse<String> await(
            SignedCaller caller, Calls calls, String value, int status) {
        return Waiting.until(
                "status " + status + " of " + calls.lookup(),
                Duration.ofSeconds(10),
                () -> call(caller, calls, value),
                response -> response.statusCode() == status);
    }

    /** A signed call that names its matter, where the program does. */
    private static HttpResponse<String> call(SignedCaller caller, Calls calls, String value) {
        URI address = caller.address(calls.lookup(), Map.of(calls.key(), value));
        Map<String, String> headers = new LinkedHashMap<>(caller.sign(address));
        if (calls.matter() != null) {
            headers.put("Tiaoxi-Matter", URLEncoder.encode(calls.matter(), StandardCharsets.UTF_8));
        }
        return caller.send(address, headers);
    }

    private static List<String> repeated(List<String> values, @Nullable Integer times) {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < (times == null ? 1 : times); i++) {
            all.addAll(values);
        }
        return all;
    }

    private void tellRefusal(String chinese, String english, HttpResponse<String> response) {
        String code = response.body().replaceAll("(?s).*\"code\"\\s*:\\s*\"([A-Z_]+)\".*", "$1");
        story.tell(
                chinese + "：" + response.statusCode() + " " + code,
                english + ": " + response.statusCode() + " " + code);
    }

    /** The values given, or some of the identifiers in a generated table. */
    private List<String> values(Calls calls) throws IOException {
        if (calls.values() != null) {
            return calls.values();
        }
        Integer wanted = calls.distinct();
        int most = wanted == null ? CALLS : wanted;
        List<String> values = new ArrayList<>();
        // Identifiers are plain ASCII, which every encoding of the tables has in common.
        try (var in =
                Files.newBufferedReader(
                        folder.resolve(calls.table() + ".csv"), StandardCharsets.ISO_8859_1)) {
            String line = in.readLine();
            while (line != null && values.size() < most) {
                String[] cells = line.split(",", -1);
                if (cells.length > 2 && cells[1].matches("[0-9A-Z]{18}")) {
                    values.add(cells[1]);
                }
                line = in.readLine();
            }
        }
        return values;
    }
}
