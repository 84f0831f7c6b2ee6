package cn.tiaoxi.lake.table;

import cn.tiaoxi.lake.ErrorCode;
import cn.tiaoxi.lake.LakeColumn;
import cn.tiaoxi.lake.LakeException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types;

/** The highest row number of a table, from what its manifests say about its files. */
final class LastRow {
    private LastRow() {}

    static long of(Table table) {
        int field = table.schema().findField(LakeColumn.ROW).fieldId();
        long last = 0;
        try (CloseableIterable<FileScanTask> tasks =
                table.newScan().includeColumnStats().planFiles()) {
            for (FileScanTask task : tasks) {
                Map<Integer, ByteBuffer> bounds = task.file().upperBounds();
                ByteBuffer bound = bounds == null ? null : bounds.get(field);
                if (bound == null) {
                    throw new LakeException(ErrorCode.STORAGE_FAILED, task.file().location());
                }
                Long value = Conversions.fromByteBuffer(Types.LongType.get(), bound);
                last = Math.max(last, value == null ? 0 : value);
            }
        } catch (IOException e) {
            throw new LakeException(e, ErrorCode.STORAGE_FAILED, table.name());
        }
        return last;
    }
}
