package cn.tiaoxi.platform.superior;

import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Orders to subordinates in the database. */
@Repository
class SentOrderStore {
    private static final int AT_ONCE = 100;
    private final JdbcClient database;

    SentOrderStore(JdbcClient database) {
        this.database = database;
    }

    void add(String subordinate, SentOrder order, Protocol.SignedOrder signed) {
        database.sql(
                        """
                        INSERT INTO superior.sent_order
                               (subordinate, number, kind, interface, text, signature, given,
                                given_by)
                        VALUES (:subordinate::uuid, :number, :kind, :interface, :text, :signature,
                                :given, :by)
                        """)
                .param("subordinate", subordinate)
                .param("number", order.number())
                .param("kind", order.act().name())
                .param("interface", order.interfaceId())
                .param("text", signed.text())
                .param("signature", signed.signature())
                .param("given", Times.at(order.given()))
                .param("by", order.givenBy())
                .update();
    }

    List<Protocol.SignedOrder> after(String subordinate, long number) {
        return database.sql(
                        """
                        SELECT text, signature FROM superior.sent_order
                         WHERE subordinate = :subordinate::uuid AND number > :number
                         ORDER BY number LIMIT :most
                        """)
                .param("subordinate", subordinate)
                .param("number", number)
                .param("most", AT_ONCE)
                .query(
                        (row, n) ->
                                new Protocol.SignedOrder(
                                        row.getString("text"), row.getString("signature")))
                .list();
    }

    void answered(String subordinate, OrderResult result, Instant time) {
        database.sql(
                        """
                        UPDATE superior.sent_order
                           SET result = :result, reason = :reason, answered = :time
                         WHERE subordinate = :subordinate::uuid AND number = :number
                        """)
                .param("result", result.result().name())
                .param("reason", result.reason())
                .param("time", Times.at(time))
                .param("subordinate", subordinate)
                .param("number", result.number())
                .update();
    }

    Page<SentOrder> list(String subordinate, Slice slice) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("subordinate", subordinate);
        String where = " WHERE subordinate = :subordinate::uuid";
        Slice.Order order = slice.order(Map.of("number", "number"), "-number");
        long total =
                database.sql("SELECT count(*) FROM superior.sent_order" + where)
                        .params(parameters)
                        .query(Long.class)
                        .single();
        return slice.page(
                database.sql(
                                """
                                SELECT number, kind, interface, text, given, given_by, result,
                                       reason, answered
                                  FROM superior.sent_order
                                """
                                        + where
                                        + order.condition(slice, "number::text", "bigint")
                                        + order.clause(slice, "number::text"))
                        .params(parameters)
                        .params(slice.parameters())
                        .query(SentOrderStore::order)
                        .list(),
                total,
                o -> new Slice.Position(Long.toString(o.number()), Long.toString(o.number())));
    }

    private static SentOrder order(ResultSet row, int number) throws SQLException {
        return SentOrder.of(
                row.getString("text"),
                row.getString("given_by"),
                row.getString("result"),
                row.getString("reason"),
                Times.maybe(row, "answered"));
    }
}
