package cn.tiaoxi.command;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was typed after {@code ./tiaoxi call}.
 *
 * @param lookup the interface
 * @param parameters parameters of the call, in the order given
 * @param options values of options by name without dashes; flags have an empty value
 */
record CallArguments(String lookup, Map<String, String> parameters, Map<String, String> options) {
    /** How to use the command. */
    static final String USAGE =
            """
            ./tiaoxi call INTERFACE key=value … [options]
              --profile FILE           gateway and key (default: DATA/demo/caller.properties)
              --gateway URL            the gateway's address
              --key-id ID              the key's identifier
              --secret-file FILE       the key's secret, Base64 (hmac-sha256)
              --private-key-file FILE  the key, PEM or Base64 of PKCS#8 (ed25519)
              --grant ID               the grant to call under (default: the newest in force)
              --matter TEXT            the matter that the call serves, for the trace
              --fields a,b             fields wanted (default: all granted)
              --limit N                rows in a page
              --all                    all pages, one row per line
              --format json|csv        form of the output (default: json)
            Exit status: 0 answered, 1 refused, 2 wrong arguments, 3 gateway not reached.
            """;

    private static final Set<String> VALUES =
            Set.of(
                    "profile",
                    "gateway",
                    "key-id",
                    "secret-file",
                    "private-key-file",
                    "grant",
                    "matter",
                    "fields",
                    "limit",
                    "format");

    /**
     * Reads the arguments.
     *
     * @throws IllegalArgumentException that says what is wrong
     */
    static CallArguments of(List<String> arguments) {
        String lookup = null;
        Map<String, String> parameters = new LinkedHashMap<>();
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            int equals = argument.indexOf('=');
            if (argument.startsWith("--")) {
                i += option(argument.substring(2), i, arguments, options);
            } else if (lookup == null) {
                lookup = argument;
            } else if (equals > 0) {
                put(parameters, argument.substring(0, equals), argument.substring(equals + 1));
            } else {
                throw new IllegalArgumentException("Not key=value: " + argument);
            }
        }
        if (lookup == null) {
            throw new IllegalArgumentException("Which interface?");
        }
        moveTo(parameters, "fields", options);
        moveTo(parameters, "limit", options);
        CallArguments read = new CallArguments(lookup, parameters, options);
        if (!Set.of("json", "csv").contains(read.format())) {
            throw new IllegalArgumentException("--format is json or csv");
        }
        return read;
    }

    /** Reads one option; how many further arguments it took. */
    private static int option(
            String text, int at, List<String> arguments, Map<String, String> options) {
        int equals = text.indexOf('=');
        String name = equals < 0 ? text : text.substring(0, equals);
        if (name.equals("all") && equals < 0) {
            put(options, name, "");
            return 0;
        }
        if (!VALUES.contains(name)) {
            throw new IllegalArgumentException("Unknown option --" + name);
        }
        if (equals >= 0) {
            put(options, name, text.substring(equals + 1));
            return 0;
        }
        if (at + 1 == arguments.size()) {
            throw new IllegalArgumentException("--" + name + " needs a value");
        }
        put(options, name, arguments.get(at + 1));
        return 1;
    }

    private static void put(Map<String, String> into, String name, String value) {
        if (into.put(name, value) != null) {
            throw new IllegalArgumentException(name + " is given twice");
        }
    }

    private static void moveTo(
            Map<String, String> parameters, String name, Map<String, String> options) {
        String value = options.remove(name);
        if (value != null) {
            put(parameters, name, value);
        }
    }

    @Nullable String option(String name) {
        return options.get(name);
    }

    boolean allPages() {
        return options.containsKey("all");
    }

    String format() {
        return options.getOrDefault("format", "json");
    }
}
