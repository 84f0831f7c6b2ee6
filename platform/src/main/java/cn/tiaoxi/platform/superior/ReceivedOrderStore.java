package cn.tiaoxi.platform.superior;

import cn.tiaoxi.contract.Wire;
import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Orders from above, and what they offer, in the database. */
@Repository
class ReceivedOrderStore {
    private final JdbcClient database;

    ReceivedOrderStore(JdbcClient database) {
        this.database = database;
    }

    void add(
            Uplink from,
            Protocol.Order order,
            Protocol.SignedOrder signed,
            OrderResult result,
            Instant now) {
        database.sql(
                        """
                        INSERT INTO superior.received_order
                               (uplink, number, kind, interface, text, signature, given, applied,
                                result, reason)
                        VALUES (:uplink::uuid, :number, :kind, :interface, :text, :signature,
                                :given, :now, :result, :reason)
                        """)
                .param("uplink", from.id())
                .param("number", order.number())
                .param("kind", String.valueOf(order.act()))
                .param("interface", order.interfaceId())
                .param("text", signed.text())
                .param("signature", signed.signature())
                .param("given", Times.at(order.given()))
                .param("now", Times.at(now))
                .param("result", result.result().name())
                .param("reason", result.reason())
                .update();
    }

    Page<ReceivedOrder> list(Slice slice) {
        Slice.Order order = slice.order(Map.of("applied", "applied::text"), "-applied");
        long total =
                database.sql("SELECT count(*) FROM superior.received_order")
                        .query(Long.class)
                        .single();
        return slice.page(
                database.sql(
                                """
                                SELECT number, text, applied, result, reason
                                  FROM superior.received_order WHERE true
                                """
                                        + order.condition(slice, "number", "text")
                                        + order.clause(slice, "number"))
                        .params(slice.parameters())
                        .query(ReceivedOrderStore::order)
                        .list(),
                total,
                o ->
                        new Slice.Position(
                                database.sql("SELECT :at::timestamptz::text")
                                        .param("at", Times.at(o.applied()))
                                        .query(String.class)
                                        .single(),
                                Long.toString(o.number())));
    }

    private static ReceivedOrder order(ResultSet row, int number) throws SQLException {
        Protocol.Order order = Wire.JSON.readValue(row.getString("text"), Protocol.Order.class);
        return new ReceivedOrder(
                order.number(),
                order.act(),
                order.interfaceId(),
                String.valueOf(order.reason()),
                String.valueOf(order.legalBasis()),
                order.until(),
                order.given(),
                Times.time(row, "applied"),
                row.getString("result"),
                row.getString("reason"));
    }

    /** Keeps an offer; a later one takes the place of one before. */
    void offer(Protocol.Order order, Protocol.Offer offer, Instant now) {
        database.sql(
                        """
                        INSERT INTO superior.offer (interface, number, offered, body)
                        VALUES (:interface, :number, :now, :body::jsonb)
                            ON CONFLICT (interface) DO UPDATE
                               SET number = excluded.number, offered = excluded.offered,
                                   body = excluded.body, withdrawn = NULL
                        """)
                .param("interface", order.interfaceId())
                .param("number", order.number())
                .param("now", Times.at(now))
                .param("body", Wire.JSON.writeValueAsString(offer))
                .update();
    }

    void withdraw(String interfaceId, Instant now) {
        database.sql(
                        """
                        UPDATE superior.offer SET withdrawn = :now
                         WHERE interface = :interface AND withdrawn IS NULL
                        """)
                .param("now", Times.at(now))
                .param("interface", interfaceId)
                .update();
    }
}
