package cn.tiaoxi.platform.indicator;

import cn.tiaoxi.platform.city.City;
import java.util.Map;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs the SQL of the city's files. It can read the schema {@code published} and nothing else, can
 * write nothing, and is stopped after five seconds: a file of the city is not trusted with more.
 */
@Component
class PublishedReader {
    private static final String ROLE = "tiaoxi_indicator";

    private final JdbcClient database;
    private final TransactionTemplate readOnly;
    private final City city;

    PublishedReader(JdbcClient database, PlatformTransactionManager transactions, City city) {
        this.database = database;
        this.city = city;
        this.readOnly = new TransactionTemplate(transactions);
        readOnly.setReadOnly(true);
        new TransactionTemplate(transactions).executeWithoutResult(s -> prepareRole());
    }

    private void prepareRole() {
        boolean exists =
                database.sql("SELECT count(*) FROM pg_roles WHERE rolname = :role")
                                .param("role", ROLE)
                                .query(Long.class)
                                .single()
                        > 0;
        if (!exists) {
            database.sql("CREATE ROLE " + ROLE + " NOLOGIN").update();
            database.sql("GRANT " + ROLE + " TO CURRENT_USER").update();
        }
        database.sql("GRANT USAGE ON SCHEMA published TO " + ROLE).update();
        database.sql("GRANT SELECT ON ALL TABLES IN SCHEMA published TO " + ROLE).update();
    }

    /** Runs a query; {@code :today} and {@code :now} are there for it, in the city's zone. */
    <T> java.util.List<T> query(String sql, Map<String, Object> parameters, RowMapper<T> mapper) {
        return java.util.Objects.requireNonNull(
                readOnly.execute(
                        status -> {
                            database.sql("SET LOCAL ROLE " + ROLE).update();
                            database.sql("SET LOCAL statement_timeout = '5s'").update();
                            database.sql("SET LOCAL timezone = '" + city.zone().getId() + "'")
                                    .update();
                            return database.sql(sql).params(parameters).query(mapper).list();
                        }));
    }
}
