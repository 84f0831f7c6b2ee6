package cn.tiaoxi.platform.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** Opens the database: the platform's own server, or one outside. */
@Configuration
class DatabaseConfiguration {

    @Bean(destroyMethod = "close")
    @ConditionalOnProperty(name = "tiaoxi.database.url", matchIfMissing = true, havingValue = "own")
    OwnPostgres ownPostgres(DataFolder folder, DatabaseProperties properties)
            throws IOException, SQLException {
        return OwnPostgres.start(folder, properties.port());
    }

    @Bean
    DatabaseAddress databaseAddress(
            DatabaseProperties properties,
            org.springframework.beans.factory.ObjectProvider<OwnPostgres> own) {
        OwnPostgres server = own.getIfAvailable();
        if (server != null) {
            return new DatabaseAddress(server.url(), "tiaoxi", server.password());
        }
        String url = properties.url();
        String password = properties.password();
        if (url == null || password == null) {
            throw new IllegalStateException(
                    "tiaoxi.database.url needs tiaoxi.database.password beside it");
        }
        return new DatabaseAddress(url, properties.username(), password);
    }

    @Bean(destroyMethod = "close")
    @Primary
    DataSource dataSource(DatabaseAddress address, DatabaseProperties properties) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(address.url());
        config.setUsername(address.username());
        config.setPassword(address.password());
        config.setMaximumPoolSize(properties.connections());
        config.setMinimumIdle(2);
        config.setPoolName("platform");
        config.addDataSourceProperty("ApplicationName", "tiaoxi-platform");
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        return new HikariDataSource(config);
    }
}
