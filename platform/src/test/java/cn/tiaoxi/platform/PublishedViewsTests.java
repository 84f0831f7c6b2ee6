package cn.tiaoxi.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a module lets others read with SQL says what it is. */
@PlatformTest
class PublishedViewsTests {
    @Autowired private JdbcClient database;

    /** A view, or a column of one, with its comment; empty where it has none. */
    record Published(String name, String comment) {}

    private List<Published> published() {
        return database.sql(
                        """
                        SELECT c.relname AS name, coalesce(obj_description(c.oid), '') AS comment
                          FROM pg_class c
                         WHERE c.relnamespace = 'published'::regnamespace
                           AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
                         UNION ALL
                        SELECT c.relname || '.' || a.attname,
                               coalesce(col_description(c.oid, a.attnum), '')
                          FROM pg_class c
                          JOIN pg_attribute a ON a.attrelid = c.oid
                         WHERE c.relnamespace = 'published'::regnamespace
                           AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
                           AND a.attnum > 0 AND NOT a.attisdropped
                        """)
                .query(Published.class)
                .list();
    }

    @Test
    void everyPublishedViewAndColumnHasAComment() {
        List<Published> all = published();

        assertThat(all).filteredOn(p -> !p.name().contains(".")).hasSizeGreaterThanOrEqualTo(8);
        assertThat(all).hasSizeGreaterThanOrEqualTo(90);
        assertThat(all).filteredOn(p -> p.comment().isBlank()).isEmpty();
    }

    @Test
    void onlyViewsArePublished() {
        List<String> others =
                database.sql(
                                """
                                SELECT relname FROM pg_class
                                 WHERE relnamespace = 'published'::regnamespace AND relkind <> 'v'
                                """)
                        .query(String.class)
                        .list();
        assertThat(others).isEmpty();
    }
}
