package cn.tiaoxi.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What the platform makes in the schema {@code serving} and gateways use by name. */
public final class ServingSchema {
    private static final String QUOTAS =
            "/db/migration/serving/V20261126223500__serving_quotas.sql";

    private static final String EXPORTS =
            "/db/migration/serving/V20261127020000__serving_exports.sql";

    private ServingSchema() {}

    /**
     * SQL that makes the tables and the function of quotas in an existing schema {@code serving}.
     * The platform runs it as a migration; whoever sets a gateway up without a platform runs it
     * once.
     */
    public static String quotas() {
        return read(QUOTAS);
    }

    /** SQL that makes the table of exports, in the same way. */
    public static String exports() {
        return read(EXPORTS);
    }

    private static String read(String resource) {
        try (InputStream sql = ServingSchema.class.getResourceAsStream(resource)) {
            if (sql == null) {
                throw new IllegalStateException(resource + " is missing");
            }
            return new String(sql.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
