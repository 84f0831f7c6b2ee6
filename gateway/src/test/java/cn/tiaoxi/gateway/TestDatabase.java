package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.ServingSchema;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A real PostgreSQL with the materialised tables that the test policy serves. */
public final class TestDatabase implements AutoCloseable {
    private static final String TABLES =
            """
            CREATE SCHEMA serving;
            CREATE TABLE serving.t_people_1 (
                tiaoxi_row bigint PRIMARY KEY, id_number text, name text, phone text, address text,
                division bigint, income numeric, married boolean, born date, updated timestamp);
            INSERT INTO serving.t_people_1
            SELECT i, '3305021990' || lpad(i::text, 8, '0'), '王小' || chr(19968 + i::int),
                   '138' || lpad(i::text, 8, '0'), '湖州市吴兴区凤凰路' || i || '号',
                   330502 + i % 2, i * 1.50, i % 3 = 0, date '1990-01-01' + i::int,
                   timestamp '2026-01-01 00:00:00' + i * interval '1 minute'
            FROM generate_series(1, 500) AS i;
            UPDATE serving.t_people_1 SET phone = NULL, income = NULL WHERE tiaoxi_row = 3;
            UPDATE serving.t_people_1 SET income = 12345678901234567890.123456789
            WHERE tiaoxi_row = 5;
            CREATE INDEX ON serving.t_people_1 (id_number, tiaoxi_row);
            CREATE INDEX ON serving.t_people_1 (division, tiaoxi_row);
            CREATE TABLE serving.t_people_2 AS SELECT * FROM serving.t_people_1;
            """;

    private final EmbeddedPostgres postgres;

    private TestDatabase(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    /** Starts one with its tables. */
    public static TestDatabase start() throws IOException, SQLException {
        TestDatabase database = on(0, null);
        database.createTables();
        return database;
    }

    /** Starts one on a port and a folder that may hold its data already. */
    static TestDatabase on(int port, Path folder) throws IOException {
        EmbeddedPostgres.Builder builder =
                EmbeddedPostgres.builder().setLocaleConfig("locale", "C.UTF-8");
        if (port != 0) {
            builder.setPort(port);
        }
        if (folder != null) {
            builder.setDataDirectory(folder).setCleanDataDirectory(false);
        }
        return new TestDatabase(builder.start());
    }

    void createTables() throws SQLException {
        execute(TABLES);
        execute(ServingSchema.quotas());
        execute(ServingSchema.exports());
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** A connection of one's own, for what is to be held. */
    Connection open() throws SQLException {
        return postgres.getPostgresDatabase().getConnection();
    }

    int port() {
        return postgres.getPort();
    }

    /** What the platform writes for gateways. */
    String servingProperties() {
        return "url=jdbc:postgresql://127.0.0.1:"
                + postgres.getPort()
                + "/postgres\nuser=postgres\npassword=postgres\n";
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
