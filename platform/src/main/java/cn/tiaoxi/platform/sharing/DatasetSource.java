package cn.tiaoxi.platform.sharing;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the data that is shared comes from. */
public interface DatasetSource {

    /**
     * A dataset as sharing sees it.
     *
     * @param published whether it stands in the catalogue
     * @param sharing {@code UNCONDITIONAL}, {@code CONDITIONAL} or {@code NONE}
     * @param columns columns whose grade is confirmed, in table order
     * @param unconfirmed names of the others
     */
    record Source(
            String id,
            String title,
            String organisation,
            boolean published,
            String sharing,
            List<ServedField> columns,
            List<String> unconfirmed) {
        public Source {
            columns = List.copyOf(columns);
            unconfirmed = List.copyOf(unconfirmed);
        }

        /** A column by name, or null. */
        @Nullable ServedField column(String name) {
            return columns.stream().filter(c -> c.name().equals(name)).findFirst().orElse(null);
        }
    }

    Optional<Source> find(String dataset);

    /**
     * Copies a dataset's rows into a new table of the schema {@code serving}, in the connection's
     * transaction, with {@code tiaoxi_row} as primary key.
     *
     * @param table name of the new table
     * @return how many rows were copied
     */
    long copy(String dataset, Connection connection, String table, List<String> columns)
            throws SQLException;
}
