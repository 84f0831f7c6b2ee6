package cn.tiaoxi.lake.table;

import cn.tiaoxi.lake.ColumnType;
import cn.tiaoxi.lake.RowFault;
import cn.tiaoxi.lake.source.CellReader;
import cn.tiaoxi.lake.source.RecordCursor;
import cn.tiaoxi.lake.source.Segment;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * Encodes a segment's rows as a Parquet row group. A row is checked whole before any of it is
 * written. Used by one thread at a time.
 */
final class RowGroupEncoder {
    private final NumberEncoder rowNumbers;
    private final ColumnEncoder[] encoders;
    private final int[] sources;
    private final ColumnType[] types;
    private final int width;
    private final long rowBase;
    private final RejectWriter rejects;
    private final CellReader cells;
    private final RecordCursor cursor = new RecordCursor();

    /**
     * @param schema the Parquet schema, row column first
     * @param plan what to take from where
     * @param rowBase added to the number of a row in its file
     */
    RowGroupEncoder(MessageType schema, LoadPlan plan, long rowBase) {
        List<ColumnDescriptor> descriptors = schema.getColumns();
        rowNumbers = new NumberEncoder(descriptors.getFirst(), false);
        encoders =
                descriptors.stream()
                        .skip(1)
                        .map(RowGroupEncoder::encoder)
                        .toArray(ColumnEncoder[]::new);
        this.rowBase = rowBase;
        List<LoadColumn> columns = plan.columns();
        sources = columns.stream().mapToInt(LoadColumn::source).toArray();
        types = columns.stream().map(column -> column.column().type()).toArray(ColumnType[]::new);
        width = plan.layout().columns().size();
        cells = new CellReader(types, plan.zone());
        rejects = new RejectWriter(plan);
    }

    RowGroup encode(Segment segment) {
        Map<RowFault, Long> faults = new EnumMap<>(RowFault.class);
        rejects.reset();
        cells.reset(segment);
        cursor.reset(segment);
        int accepted = 0;
        int rejected = 0;
        while (cursor.next()) {
            RowFault fault = check(cursor);
            if (fault != null) {
                rejected++;
                faults.merge(fault, 1L, Long::sum);
                continue;
            }
            rowNumbers.add(rowBase + segment.firstRow() + cursor.record());
            for (int i = 0; i < types.length; i++) {
                write(i);
            }
            accepted++;
        }
        List<ColumnChunk> chunks = new ArrayList<>();
        chunks.add(rowNumbers.finish());
        for (ColumnEncoder encoder : encoders) {
            chunks.add(encoder.finish());
        }
        return new RowGroup(
                accepted, chunks, rejects.take(), rejected, faults, segment.sourceBytes());
    }

    /** The row's first fault, after all its faults went to the rejects; or null. */
    private @Nullable RowFault check(RecordCursor row) {
        RowFault fault = row.fault();
        if (fault != null) {
            rejects.write(row, fault, -1);
            return fault;
        }
        if (!hasExpectedWidth(row)) {
            rejects.writeFieldCount(row, width);
            return RowFault.FIELD_COUNT;
        }
        RowFault first = null;
        for (int i = 0; i < types.length; i++) {
            RowFault found = cells.read(row, sources[i], i);
            if (found != null) {
                first = first == null ? found : first;
                rejects.addFault(row, found, i, sources[i]);
            }
        }
        if (first != null) {
            rejects.endRow(row);
        }
        return first;
    }

    /** Spreadsheets leave blank fields behind the last column: they lose nothing. */
    private boolean hasExpectedWidth(RecordCursor row) {
        int count = row.fieldCount();
        for (int i = width; i < count; i++) {
            if (row.start(i) < row.end(i)) {
                return false;
            }
        }
        return count >= width || width == 0;
    }

    private void write(int i) {
        ColumnEncoder encoder = encoders[i];
        if (cells.isNull(i)) {
            encoder.addNull();
        } else if (encoder instanceof BytesEncoder bytes) {
            bytes.add(cells.bytes(i), cells.start(i), cells.end(i));
        } else if (encoder instanceof NumberEncoder numbers) {
            numbers.add(cells.number(i));
        }
    }

    private static ColumnEncoder encoder(ColumnDescriptor column) {
        return switch (column.getPrimitiveType().getPrimitiveTypeName()) {
            case BINARY, FIXED_LEN_BYTE_ARRAY -> new BytesEncoder(column, true);
            case BOOLEAN -> new NumberEncoder(column, false);
            default -> new NumberEncoder(column, true);
        };
    }
}
