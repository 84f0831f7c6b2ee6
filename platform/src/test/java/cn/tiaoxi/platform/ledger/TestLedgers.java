package cn.tiaoxi.platform.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Ledgers that only tests have, from files among the tests' resources. */
public final class TestLedgers {
    private TestLedgers() {}

    /** Puts a type in force if it is not yet. */
    public static synchronized void open(TypeChanges changes, Ledger ledger, String type) {
        if (ledger.types().stream().noneMatch(t -> t.id().equals(type))) {
            changes.activate(type, yaml(type), 0, Author.SYSTEM, "for tests");
        }
    }

    private static String yaml(String type) {
        try (InputStream file =
                TestLedgers.class.getResourceAsStream("/ledgers/" + type + ".yaml")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
