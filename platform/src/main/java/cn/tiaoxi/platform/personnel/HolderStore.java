package cn.tiaoxi.platform.personnel;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** People with access in the database. */
@Repository
class HolderStore {
    private final JdbcClient database;

    HolderStore(JdbcClient database) {
        this.database = database;
    }

    /** User names in these fields of the entries of a ledger that there are. */
    List<String> contacts(String type, List<String> fields) {
        return database.sql(
                        """
                        SELECT DISTINCT e.fields ->> f.name FROM published.ledger_entry e
                         CROSS JOIN unnest(:fields::text[]) AS f (name)
                         WHERE e.type = :type AND e.fields ->> f.name IS NOT NULL
                        """)
                .param("type", type)
                .param("fields", fields.toArray(String[]::new))
                .query(String.class)
                .list();
    }

    /** Makes the table that; others who do the same wait. */
    void replace(List<Coverage.Holder> holders, Instant now) {
        database.sql("LOCK TABLE personnel.holder IN SHARE ROW EXCLUSIVE MODE").update();
        database.sql("DELETE FROM personnel.holder WHERE username <> ALL (:names::text[])")
                .param(
                        "names",
                        holders.stream().map(Coverage.Holder::username).toArray(String[]::new))
                .update();
        holders.forEach(h -> save(h, now));
    }

    private void save(Coverage.Holder holder, Instant now) {
        database.sql(
                        """
                        INSERT INTO personnel.holder
                               (username, name, organisation, because, entry, managed, lacks,
                                looked)
                        VALUES (:username, :name, :organisation, :because::text[], :entry::uuid,
                                :managed, :lacks, :now)
                            ON CONFLICT (username) DO UPDATE
                           SET name = excluded.name, organisation = excluded.organisation,
                               because = excluded.because, entry = excluded.entry,
                               managed = excluded.managed, lacks = excluded.lacks,
                               looked = excluded.looked
                        """)
                .param("username", holder.username())
                .param("name", holder.name())
                .param("organisation", holder.organisation())
                .param("because", holder.because().stream().map(Enum::name).toArray(String[]::new))
                .param("entry", holder.entry())
                .param("managed", holder.managed())
                .param("lacks", holder.lacks())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }
}
