package cn.tiaoxi.platform.sharing;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Suspensions of interfaces in the database. */
@Repository
class HoldStore {
    private final JdbcClient database;

    HoldStore(JdbcClient database) {
        this.database = database;
    }

    Optional<Hold> find(String interfaceId) {
        return database.sql(
                        """
                        SELECT interface, authority, reference, reason, legal_basis, since, until
                          FROM sharing.interface_hold WHERE interface = :id
                        """)
                .param("id", interfaceId)
                .query(HoldStore::hold)
                .optional();
    }

    private static Hold hold(ResultSet row, int number) throws SQLException {
        return new Hold(
                row.getString("interface"),
                row.getString("authority"),
                row.getString("reference"),
                row.getString("reason"),
                row.getString("legal_basis"),
                Columns.time(row, "since"),
                Columns.instant(row, "until"));
    }

    /** Notes a hold, in the place of one that is there. */
    void put(Hold hold) {
        database.sql(
                        """
                        INSERT INTO sharing.interface_hold
                               (interface, authority, reference, reason, legal_basis, since, until)
                        VALUES (:id, :authority, :reference, :reason, :basis, :since, :until)
                            ON CONFLICT (interface) DO UPDATE
                               SET authority = excluded.authority, reference = excluded.reference,
                                   reason = excluded.reason, legal_basis = excluded.legal_basis,
                                   until = excluded.until
                        """)
                .param("id", hold.interfaceId())
                .param("authority", hold.authority())
                .param("reference", hold.reference())
                .param("reason", hold.reason())
                .param("basis", hold.legalBasis())
                .param("since", Columns.at(hold.since()))
                .param("until", Columns.at(hold.until()))
                .update();
    }

    /** Ends a hold; whether there was one. */
    boolean remove(String interfaceId) {
        return database.sql("DELETE FROM sharing.interface_hold WHERE interface = :id")
                        .param("id", interfaceId)
                        .update()
                == 1;
    }
}
