package cn.tiaoxi.platform.ledger;

import cn.tiaoxi.platform.border.Identifiers;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Files of entries in the database; the content is kept by {@link LedgerFiles}. */
@Repository
class FileStore {
    private static final String COLUMNS =
            "f.id, f.name, f.size, f.sha256, f.type, f.time, f.username, f.person, f.organisation";

    private final JdbcClient database;

    FileStore(JdbcClient database) {
        this.database = database;
    }

    boolean exists(String id) {
        return find(id).isPresent();
    }

    Optional<LedgerFile> find(String id) {
        return Identifiers.isIdentifier(id)
                ? database.sql("SELECT " + COLUMNS + " FROM ledger.file f WHERE f.id = :id::uuid")
                        .param("id", id)
                        .query(FileStore::file)
                        .optional()
                : Optional.empty();
    }

    List<LedgerFile> all(Collection<String> ids) {
        return database.sql(
                        "SELECT " + COLUMNS + " FROM ledger.file f WHERE f.id = ANY (:ids::uuid[])")
                .param("ids", ids.stream().filter(Identifiers::isIdentifier).toArray(String[]::new))
                .query(FileStore::file)
                .list();
    }

    void add(LedgerFile file) {
        database.sql(
                        """
                        INSERT INTO ledger.file
                               (id, name, size, sha256, type, time, username, person, organisation)
                        VALUES (:id::uuid, :name, :size, :sha256, :type, :time, :username, :person,
                                :organisation)
                        """)
                .param("id", file.id())
                .param("name", file.name())
                .param("size", file.size())
                .param("sha256", file.sha256())
                .param("type", file.mediaType())
                .param("time", file.time().atOffset(ZoneOffset.UTC))
                .param("username", file.author().username())
                .param("person", file.author().name())
                .param("organisation", file.author().organisation())
                .update();
    }

    /** The files attached to an entry, newest first. */
    List<LedgerFile> attached(String entry) {
        return database.sql(
                        "SELECT "
                                + COLUMNS
                                + """
                                  FROM ledger.file f JOIN ledger.attachment a ON a.file = f.id
                                 WHERE a.entry = :entry::uuid AND a.removed IS NULL
                                 ORDER BY f.time DESC, f.id
                                """)
                .param("entry", entry)
                .query(FileStore::file)
                .list();
    }

    void attach(String entry, String file) {
        database.sql(
                        "INSERT INTO ledger.attachment (file, entry) VALUES (:file::uuid, :entry::uuid)")
                .param("file", file)
                .param("entry", entry)
                .update();
    }

    /** Takes a file off an entry; false if it was not attached to it. */
    boolean detach(String entry, String file, OffsetDateTime time) {
        return database.sql(
                                """
                                UPDATE ledger.attachment SET removed = :time
                                 WHERE entry = :entry::uuid AND file = :file::uuid
                                   AND removed IS NULL
                                """)
                        .param("time", time)
                        .param("entry", entry)
                        .param("file", file)
                        .update()
                == 1;
    }

    private static LedgerFile file(ResultSet row, int number) throws SQLException {
        return new LedgerFile(
                row.getString("id"),
                row.getString("name"),
                row.getLong("size"),
                row.getString("sha256"),
                row.getString("type"),
                row.getObject("time", OffsetDateTime.class).toInstant(),
                new Author(
                        row.getString("username"),
                        row.getString("person"),
                        row.getString("organisation")));
    }
}
