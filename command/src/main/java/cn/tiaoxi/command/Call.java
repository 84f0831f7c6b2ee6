package cn.tiaoxi.command;

import cn.tiaoxi.contract.Wire;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** {@code ./tiaoxi call}: a signed call, as an application would make it. */
public final class Call {
    private static final int ANSWERED = 0;
    private static final int REFUSED = 1;
    private static final int MISUSED = 2;
    private static final int NOT_REACHED = 3;

    private final Map<String, String> environment;
    private final PrintStream out;
    private final PrintStream err;

    /** Prepares the command; the environment may name the data folder and the language. */
    public Call(Map<String, String> environment, PrintStream out, PrintStream err) {
        this.environment = Map.copyOf(environment);
        this.out = out;
        this.err = err;
    }

    /** Runs the command and ends the process with its exit status. */
    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        System.exit(new Call(System.getenv(), out, err).run(List.of(arguments)));
    }

    /** Makes the call; the exit status. */
    public int run(List<String> typed) {
        if (typed.isEmpty() || typed.contains("--help")) {
            out.print(CallArguments.USAGE);
            return typed.isEmpty() ? MISUSED : ANSWERED;
        }
        try {
            CallArguments arguments = CallArguments.of(typed);
            return call(arguments, CallProfile.of(arguments, standardProfile()));
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
            return MISUSED;
        } catch (IOException e) {
            err.println("Cannot read " + e.getMessage());
            return MISUSED;
        } catch (UncheckedIOException e) {
            err.println("The gateway cannot be reached: " + e.getMessage());
            return NOT_REACHED;
        }
    }

    private Path standardProfile() {
        return Path.of(environment.getOrDefault("TIAOXI_DATA", "data"), "demo/caller.properties");
    }

    private int call(CallArguments arguments, CallProfile profile) {
        CallOutput output = new CallOutput(out, arguments);
        Map<String, String> parameters = new LinkedHashMap<>(arguments.parameters());
        try (SignedCaller caller = new SignedCaller(profile.gateway(), profile.signer())) {
            while (true) {
                URI address = caller.address(arguments.lookup(), parameters);
                Map<String, String> headers = new HashMap<>(caller.sign(address));
                headers.put("Accept-Language", language());
                putIfGiven(headers, "Tiaoxi-Grant", profile.grant());
                putIfGiven(headers, "Tiaoxi-Matter", arguments.option("matter"));
                HttpResponse<String> response = caller.send(address, headers);
                if (response.statusCode() != 200) {
                    return refused(response);
                }
                JsonNode answer = Wire.JSON.readTree(response.body());
                output.print(answer);
                if (!arguments.allPages() || answer.path("next").isNull()) {
                    return ANSWERED;
                }
                parameters.put("after", answer.get("next").asString());
            }
        }
    }

    private static void putIfGiven(
            Map<String, String> headers, String name, @Nullable String value) {
        if (value != null) {
            headers.put(name, URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
    }

    private String language() {
        String locale = environment.getOrDefault("LANG", "").toLowerCase(Locale.ROOT);
        return locale.startsWith("zh") ? "zh-CN" : "en";
    }

    private int refused(HttpResponse<String> response) {
        JsonNode problem;
        try {
            problem = Wire.JSON.readTree(response.body());
        } catch (JacksonException e) {
            problem = Wire.JSON.createObjectNode();
        }
        err.println(response.statusCode() + " " + problem.path("code").asString("no code"));
        for (String part : List.of("detail", "mend", "requestId")) {
            String text = problem.path(part).asString("");
            if (!text.isEmpty()) {
                err.println("  " + text);
            }
        }
        return REFUSED;
    }
}
