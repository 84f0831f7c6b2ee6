package cn.tiaoxi.platform.sharing;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** All places that data to be shared comes from, as one. */
@Component
class DatasetSources {
    private final ObjectProvider<DatasetSource> all;

    DatasetSources(ObjectProvider<DatasetSource> all) {
        this.all = all;
    }

    Optional<DatasetSource.Source> find(String dataset) {
        return all.stream().flatMap(s -> s.find(dataset).stream()).findFirst();
    }

    /** See {@link DatasetSource#copy}. */
    long copy(String dataset, Connection connection, String table, List<String> columns)
            throws SQLException {
        DatasetSource source =
                all.stream()
                        .filter(s -> s.find(dataset).isPresent())
                        .findFirst()
                        .orElseThrow(() -> SharingException.datasetUnknown(dataset));
        return source.copy(dataset, connection, table, columns);
    }
}
