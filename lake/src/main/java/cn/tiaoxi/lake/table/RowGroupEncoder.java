package cn.tiaoxi.lake.table;

import static java.util.Objects.requireNonNull;

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
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.column.impl.ColumnWriteStoreV1;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;

/**
 * Encodes a segment's rows as a Parquet row group. A row is checked whole before any of it is
 * written. Used by one thread at a time.
 */
final class RowGroupEncoder {
    private final MessageType schema;
    private final int[] sources;
    private final ColumnType[] types;
    private final int width;
    private final long rowBase;
    private final DictionaryChoice dictionaries;
    private final RejectWriter rejects;
    private final CellReader cells;
    private final RecordCursor cursor = new RecordCursor();

    /**
     * @param schema the Parquet schema, row column first
     * @param plan what to take from where
     * @param rowBase added to the number of a row in its file
     * @param dictionaries which columns a dictionary pays for; shared by the load's encoders
     */
    RowGroupEncoder(
            MessageType schema, LoadPlan plan, long rowBase, DictionaryChoice dictionaries) {
        this.schema = schema;
        this.dictionaries = dictionaries;
        this.rowBase = rowBase;
        List<LoadColumn> columns = plan.columns();
        sources = columns.stream().mapToInt(LoadColumn::source).toArray();
        types = columns.stream().map(column -> column.column().type()).toArray(ColumnType[]::new);
        width = plan.layout().columns().size();
        cells = new CellReader(types, plan.zone());
        rejects = new RejectWriter(plan);
    }

    RowGroup encode(Segment segment) {
        List<PageBuffer> buffers = new ArrayList<>();
        Map<String, PageBuffer> byName = new java.util.HashMap<>();
        for (ColumnDescriptor column : schema.getColumns()) {
            PageBuffer buffer = new PageBuffer(column);
            buffers.add(buffer);
            byName.put(column.getPath()[0], buffer);
        }
        ColumnWriteStoreV1 store =
                new ColumnWriteStoreV1(
                        schema,
                        column -> (PageWriter) requireNonNull(byName.get(column.getPath()[0])),
                        dictionaries.properties());
        ColumnWriter[] writers =
                schema.getColumns().stream()
                        .map(store::getColumnWriter)
                        .toArray(ColumnWriter[]::new);
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
            writers[0].write(rowBase + segment.firstRow() + cursor.record(), 0, 0);
            for (int i = 0; i < types.length; i++) {
                write(writers[i + 1], i);
            }
            store.endRecord();
            accepted++;
        }
        store.flush();
        store.close();
        buffers.forEach(dictionaries::learn);
        return new RowGroup(
                accepted, buffers, rejects.take(), rejected, faults, segment.sourceBytes());
    }

    /** The row's first fault, after all its faults went to the rejects; or null. */
    private @org.jspecify.annotations.Nullable RowFault check(RecordCursor row) {
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

    private void write(ColumnWriter writer, int i) {
        if (cells.isNull(i)) {
            writer.writeNull(0, 0);
            return;
        }
        switch (types[i]) {
            case TEXT ->
                    writer.write(
                            Binary.fromReusedByteArray(
                                    cells.bytes(i), cells.start(i), cells.end(i) - cells.start(i)),
                            0,
                            1);
            case DECIMAL ->
                    writer.write(
                            Binary.fromReusedByteArray(
                                    cells.bytes(i), cells.start(i), cells.end(i) - cells.start(i)),
                            0,
                            1);
            case INTEGER, TIMESTAMP -> writer.write(cells.number(i), 0, 1);
            case DATE -> writer.write((int) cells.number(i), 0, 1);
            case BOOLEAN -> writer.write(cells.number(i) != 0, 0, 1);
        }
    }
}
