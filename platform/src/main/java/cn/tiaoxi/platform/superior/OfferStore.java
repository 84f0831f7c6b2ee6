package cn.tiaoxi.platform.superior;

import cn.tiaoxi.contract.Wire;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Interfaces that the platform above offers, in the database. */
@Repository
class OfferStore {
    private static final String COLUMNS =
            """
            SELECT interface, number, offered, body, withdrawn, taken_as, taken, taken_by
              FROM superior.offer
            """;

    private final JdbcClient database;

    OfferStore(JdbcClient database) {
        this.database = database;
    }

    static boolean isWhole(Protocol.Offer offer) {
        return offer.name() != null
                && offer.address() != null
                && offer.keyId() != null
                && offer.keys() != null
                && offer.fields() != null
                && !offer.fields().isEmpty()
                && offer.until() != null;
    }

    List<OfferedInterface> all() {
        return database.sql(COLUMNS + " ORDER BY offered DESC, interface")
                .query(OfferStore::offer)
                .list();
    }

    Optional<OfferedInterface> lock(String id) {
        return database.sql(COLUMNS + " WHERE interface = :id FOR UPDATE")
                .param("id", id)
                .query(OfferStore::offer)
                .optional();
    }

    private static OfferedInterface offer(ResultSet row, int number) throws SQLException {
        Protocol.Offer offer = Wire.JSON.readValue(row.getString("body"), Protocol.Offer.class);
        return new OfferedInterface(
                row.getString("interface"),
                offer.name(),
                String.valueOf(offer.organisation()),
                offer.address(),
                offer.keyId(),
                offer.keys(),
                offer.fields(),
                offer.until(),
                row.getLong("number"),
                Times.time(row, "offered"),
                Times.maybe(row, "withdrawn"),
                row.getString("taken_as"),
                Times.maybe(row, "taken"),
                row.getString("taken_by"));
    }

    void taken(String id, String as, String by, Instant now) {
        database.sql(
                        """
                        UPDATE superior.offer
                           SET taken_as = :as, taken = :now, taken_by = :by WHERE interface = :id
                        """)
                .param("as", as)
                .param("now", Times.at(now))
                .param("by", by)
                .param("id", id)
                .update();
    }
}
