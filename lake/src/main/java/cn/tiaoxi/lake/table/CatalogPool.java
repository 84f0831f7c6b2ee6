package cn.tiaoxi.lake.table;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.iceberg.jdbc.JdbcClientPool;

/**
 * Lends Iceberg's catalogue connections of a data source, one for each action, in the schema of the
 * lake.
 */
final class CatalogPool extends JdbcClientPool {
    private final DataSource dataSource;

    CatalogPool(DataSource dataSource) {
        super(1, "jdbc:postgresql:", Map.of());
        this.dataSource = dataSource;
    }

    @Override
    public <R> R run(Action<R, Connection, SQLException> action) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            String before = connection.getSchema();
            connection.setSchema(LakeTables.SCHEMA);
            try {
                return action.run(connection);
            } finally {
                connection.setSchema(before);
            }
        }
    }

    @Override
    public <R> R run(Action<R, Connection, SQLException> action, boolean retry)
            throws SQLException {
        return run(action);
    }
}
