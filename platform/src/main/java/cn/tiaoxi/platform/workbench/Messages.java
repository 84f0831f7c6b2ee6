package cn.tiaoxi.platform.workbench;

import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.border.Words;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Messages to people, each seen by its receiver alone. */
@Service
public class Messages {
    private final JdbcClient database;

    Messages(JdbcClient database) {
        this.database = database;
    }

    /**
     * Sends a message.
     *
     * @param key what the message is about; the same person is told of one thing once
     */
    @Transactional
    public void send(String username, String key, Words title, Words text, String link) {
        database.sql(
                        """
                        INSERT INTO workbench.message
                               (username, about, title_zh, title_en, text_zh, text_en, link)
                        VALUES (:username, :about, :titleZh, :titleEn, :textZh, :textEn, :link)
                            ON CONFLICT (username, about) DO NOTHING
                        """)
                .param("username", username)
                .param("about", key)
                .param("titleZh", title.zh())
                .param("titleEn", title.en())
                .param("textZh", text.zh())
                .param("textEn", text.en())
                .param("link", link)
                .update();
    }

    /** The person's messages, newest first. */
    public Page<Message> list(String username, boolean unreadOnly, Slice slice) {
        String where = " WHERE username = :username" + (unreadOnly ? " AND NOT seen" : "");
        Slice.Order order = slice.order(Map.of("time", "time"), "-time");
        Map<String, Object> parameters = new HashMap<>(slice.parameters());
        parameters.put("username", username);
        long total =
                database.sql("SELECT count(*) FROM workbench.message" + where)
                        .param("username", username)
                        .query(Long.class)
                        .single();
        List<Message> rows =
                database.sql(
                                """
                                SELECT id, time, title_zh, title_en, text_zh, text_en, link, seen
                                  FROM workbench.message
                                """
                                        + where
                                        + order.condition(slice, "id", "timestamptz")
                                        + order.clause(slice, "id"))
                        .params(parameters)
                        .query(Messages::message)
                        .list();
        return slice.page(rows, total, m -> new Slice.Position(m.time().toString(), m.id()));
    }

    /** Marks one of the person's messages as read; nothing happens to others'. */
    @Transactional
    public void read(String username, String id) {
        database.sql(
                        """
                        UPDATE workbench.message SET seen = true
                         WHERE username = :username AND id::text = :id
                        """)
                .param("username", username)
                .param("id", id)
                .update();
    }

    /** Marks all of the person's messages as read. */
    @Transactional
    public void readAll(String username) {
        database.sql(
                        """
                        UPDATE workbench.message SET seen = true
                         WHERE username = :username AND NOT seen
                        """)
                .param("username", username)
                .update();
    }

    private static Message message(ResultSet row, int number) throws SQLException {
        return new Message(
                row.getString("id"),
                row.getObject("time", OffsetDateTime.class).toInstant(),
                new Words(row.getString("title_zh"), row.getString("title_en")),
                new Words(row.getString("text_zh"), row.getString("text_en")),
                row.getString("link"),
                row.getBoolean("seen"));
    }
}
