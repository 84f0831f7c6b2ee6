package cn.tiaoxi.lake.table;

import cn.tiaoxi.lake.LakeColumn;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.parquet.column.ParquetProperties;

/**
 * Remembers for which columns a dictionary does not pay: those where an earlier row group had to
 * give it up. Building one in vain costs more than all the rest of the encoding. Safe for use by
 * many threads.
 */
final class DictionaryChoice {
    private static final int DICTIONARY_BYTES = 256 << 10;
    private static final int PAGE_BYTES = 1 << 20;

    private final Set<String> without = ConcurrentHashMap.newKeySet();

    DictionaryChoice() {
        without.add(LakeColumn.ROW);
    }

    ParquetProperties properties() {
        ParquetProperties.Builder properties =
                ParquetProperties.builder()
                        .withWriterVersion(ParquetProperties.WriterVersion.PARQUET_1_0)
                        .withDictionaryPageSize(DICTIONARY_BYTES)
                        .withPageSize(PAGE_BYTES)
                        .withPageRowCountLimit(Integer.MAX_VALUE)
                        .withSizeStatisticsEnabled(false);
        without.forEach(column -> properties.withDictionaryEncoding(column, false));
        return properties.build();
    }

    void learn(PageBuffer column) {
        if (column.isPlain()) {
            without.add(column.name());
        }
    }
}
