package cn.tiaoxi.platform.sharing;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The files that gateways make, as they keep track of them in the serving schema. */
@Repository
public class MadeFiles {
    private static final int MOST = 50;

    private final JdbcClient database;

    MadeFiles(JdbcClient database) {
        this.database = database;
    }

    /** The newest files of a grant, at most {@value #MOST}; the caller has checked who asks. */
    public List<MadeFile> of(Grant grant) {
        return database.sql(
                        """
                        SELECT id::text AS id, gateway, format,
                               CASE WHEN state = 'READY' AND expires <= now() THEN 'EXPIRED'
                                    ELSE state END AS state,
                               code, fields, row_count, byte_count, sha256, ordered, made, expires,
                               downloads, downloaded
                          FROM serving.export WHERE sharing_grant = :grant
                         ORDER BY serving.export.ordered DESC, serving.export.id LIMIT :most
                        """)
                .param("grant", grant.id())
                .param("most", MOST)
                .query(MadeFiles::read)
                .list();
    }

    private static MadeFile read(ResultSet row, int number) throws SQLException {
        return new MadeFile(
                row.getString("id"),
                row.getString("gateway"),
                row.getString("format"),
                MadeFile.State.valueOf(row.getString("state")),
                row.getString("code"),
                Columns.list(row, "fields"),
                row.getLong("row_count"),
                row.getLong("byte_count"),
                row.getString("sha256"),
                Columns.time(row, "ordered"),
                Columns.instant(row, "made"),
                Columns.instant(row, "expires"),
                row.getInt("downloads"),
                Columns.instant(row, "downloaded"));
    }
}
