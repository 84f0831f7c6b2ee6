package cn.tiaoxi.command;

import cn.tiaoxi.contract.Ed25519Keys;
import cn.tiaoxi.contract.PolicyItem;
import cn.tiaoxi.contract.PolicyReader;
import cn.tiaoxi.contract.Wire;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code ./tiaoxi policy}: shows a gateway's policy files as JSON lines, each head before its
 * items, and checks every signature; the gateway may run or not.
 */
public final class PolicyShow {
    private PolicyShow() {}

    /**
     * Shows files.
     *
     * @param arguments the file with the platform's public key, then the files
     */
    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        int status = 0;
        try {
            PublicKey key = Ed25519Keys.publicKey(Files.readString(Path.of(arguments[0])));
            for (String file : List.of(arguments).subList(1, arguments.length)) {
                if (Files.exists(Path.of(file))) {
                    show(Path.of(file), key, out);
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            out.flush();
            System.err.println(e.getMessage());
            status = 1;
        }
        out.flush();
        System.exit(status);
    }

    private static void show(Path file, PublicKey key, PrintStream out) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            while (true) {
                in.mark(1);
                if (in.read() < 0) {
                    return;
                }
                in.reset();
                PolicyReader reader = PolicyReader.open(in, key);
                out.println(Wire.JSON.writeValueAsString(reader.head()));
                reader.forEach(item -> out.println(Wire.JSON.writeValueAsString(shown(item))));
            }
        }
    }

    private static Map<String, Object> shown(PolicyItem item) {
        Map<String, Object> shown = new LinkedHashMap<>();
        boolean put = item.content() != null;
        shown.put(put ? "put" : "remove", item.kind());
        shown.put("id", item.id());
        if (put) {
            shown.put("content", item.read(item.kind().type()));
        }
        return shown;
    }
}
