package cn.tiaoxi.platform.catalogue;

import cn.tiaoxi.lake.kind.Kinds;
import cn.tiaoxi.lake.table.ColumnKinds;
import cn.tiaoxi.lake.table.LakeSettings;
import cn.tiaoxi.lake.table.LakeTables;
import cn.tiaoxi.lake.table.Profiler;
import cn.tiaoxi.lake.table.TableCopier;
import cn.tiaoxi.lake.table.TableLoader;
import cn.tiaoxi.platform.database.DataFolder;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/** The lake's tables. Opened at the first use, so that nobody waits for it at the start. */
@Component
class Lake implements DisposableBean {
    private final DataSource dataSource;
    private final LakeSettings settings;
    private final Kinds kinds = Kinds.standard();
    private @Nullable LakeTables open;

    Lake(DataSource dataSource, DataFolder data) {
        this.dataSource = dataSource;
        this.settings = LakeSettings.of(data.folder("lake"));
    }

    synchronized LakeTables tables() {
        LakeTables tables = open;
        if (tables == null) {
            tables = LakeTables.open(dataSource, settings);
            open = tables;
        }
        return tables;
    }

    TableLoader loader() {
        return new TableLoader(tables());
    }

    Profiler profiler() {
        return new Profiler(tables());
    }

    ColumnKinds recogniser() {
        return new ColumnKinds(tables(), kinds);
    }

    TableCopier copier() {
        return new TableCopier(tables());
    }

    Kinds kinds() {
        return kinds;
    }

    /** Name of the table of a dataset. */
    static String table(String dataset) {
        return "d_" + dataset.replace("-", "");
    }

    /** Identifier of the dataset of a table; no identifier for another table. */
    static String dataset(String table) {
        return table.replaceFirst(
                "^d_(\\w{8})(\\w{4})(\\w{4})(\\w{4})(\\w{12})$", "$1-$2-$3-$4-$5");
    }

    @Override
    public synchronized void destroy() {
        LakeTables tables = open;
        if (tables != null) {
            tables.close();
            open = null;
        }
    }
}
