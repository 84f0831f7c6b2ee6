package cn.tiaoxi.platform.sharing;

import cn.tiaoxi.platform.database.DataFolder;
import cn.tiaoxi.platform.database.DatabaseAddress;
import java.io.IOException;
import java.nio.file.Path;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The account under which gateways read: it may select from the schema {@code serving} and lease
 * calls there, and do nothing else. Its password is random and stands in a file that only the owner
 * may read.
 */
@Component
@DependsOnDatabaseInitialization
class ServingRole {
    private static final String ROLE = "tiaoxi_gateway";

    ServingRole(JdbcClient database, DataFolder data, DatabaseAddress address) throws IOException {
        // Letters and digits only, so that it can stand in a statement that takes no parameters.
        String password = data.secret("serving.password").replaceAll("[^A-Za-z0-9]", "");
        boolean exists =
                database.sql("SELECT count(*) FROM pg_roles WHERE rolname = :role")
                                .param("role", ROLE)
                                .query(Long.class)
                                .single()
                        > 0;
        database.sql(
                        (exists ? "ALTER" : "CREATE")
                                + " ROLE "
                                + ROLE
                                + " LOGIN CONNECTION LIMIT 40 PASSWORD '"
                                + password
                                + "'")
                .update();
        database.sql("GRANT USAGE ON SCHEMA serving TO " + ROLE).update();
        database.sql("GRANT SELECT ON ALL TABLES IN SCHEMA serving TO " + ROLE).update();
        database.sql("GRANT EXECUTE ON FUNCTION serving.lease_calls TO " + ROLE).update();
        database.sql("GRANT INSERT, UPDATE, DELETE ON serving.export TO " + ROLE).update();
        database.sql("ALTER DEFAULT PRIVILEGES IN SCHEMA serving GRANT SELECT ON TABLES TO " + ROLE)
                .update();
        Path file = data.folder("gateway").resolve("serving.properties");
        DataFolder.writePrivate(
                file, "url=%s\nuser=%s\npassword=%s\n".formatted(address.url(), ROLE, password));
    }
}
