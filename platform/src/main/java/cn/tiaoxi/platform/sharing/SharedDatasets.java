package cn.tiaoxi.platform.sharing;

import cn.tiaoxi.contract.PolicySnapshot.FieldType;
import cn.tiaoxi.contract.PolicySnapshot.Grade;
import cn.tiaoxi.platform.catalogue.Dataset;
import cn.tiaoxi.platform.catalogue.DatasetColumn;
import cn.tiaoxi.platform.catalogue.Datasets;
import cn.tiaoxi.platform.sharing.SharedDataset.Identifier;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Sees the catalogue's datasets as what can be shared. */
@Component
class SharedDatasets {
    private static final String SCHEMA = "serving";

    private final Datasets datasets;
    private final RowDigestTerms digests;

    SharedDatasets(Datasets datasets, RowDigestTerms digests) {
        this.datasets = datasets;
        this.digests = digests;
    }

    Optional<SharedDataset> find(String id) {
        return datasets.find(id).map(this::of);
    }

    private SharedDataset of(Dataset dataset) {
        return new SharedDataset(
                dataset.id(),
                dataset.title(),
                dataset.organisation(),
                dataset.isPublished(),
                dataset.sharing(),
                dataset.columns().stream().flatMap(c -> field(c).stream()).toList(),
                dataset.columns().stream()
                        .filter(c -> !c.isConfirmed())
                        .map(DatasetColumn::name)
                        .toList(),
                grade(dataset),
                identifier(dataset),
                "ALWAYS".equals(dataset.entry().text("rowDigests")));
    }

    private static Grade grade(Dataset dataset) {
        return dataset.columns().stream()
                .map(c -> c.isConfirmed() ? c.given().grade() : c.suggestion().grade())
                .map(grade -> Grade.valueOf(String.valueOf(grade)))
                .max(Comparator.naturalOrder())
                .orElse(Grade.L1);
    }

    private @Nullable Identifier identifier(Dataset dataset) {
        for (String kind : digests.subjects()) {
            for (DatasetColumn column : dataset.columns()) {
                if (kind.equals(column.kind())) {
                    return new Identifier(column.name(), kind);
                }
            }
        }
        return null;
    }

    private static Optional<ServedField> field(DatasetColumn column) {
        String description = column.given().description();
        return Optional.ofNullable(column.confirmedGrade())
                .map(
                        grade ->
                                new ServedField(
                                        column.name(),
                                        column.label(),
                                        FieldType.valueOf(column.type().name()),
                                        Grade.valueOf(grade.name()),
                                        column.kind(),
                                        description == null ? "" : description));
    }

    /**
     * Copies a dataset's rows into a new table of the schema {@code serving}, in the connection's
     * transaction, with {@code tiaoxi_row} as primary key.
     *
     * @param table name of the new table
     * @return how many rows were copied
     */
    long copy(String dataset, Connection connection, String table, List<String> columns)
            throws SQLException {
        return datasets.copy(dataset, connection, SCHEMA, table, columns);
    }
}
