package cn.tiaoxi.command;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where generated rows are written to, one after another. */
interface RowSink extends Closeable {
    /** Writes one row; it may have more or fewer cells than there are columns. */
    void write(String[] cells) throws IOException;

    /** Opens a file in that format and writes its header. */
    static RowSink open(Format format, Path file, List<String> columns) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        OutputStream out = Files.newOutputStream(file);
        return switch (format) {
            case CSV -> new CsvSink(out, StandardCharsets.UTF_8, columns);
            case CSV_GB18030 ->
                    new CsvSink(out, java.nio.charset.Charset.forName("GB18030"), columns);
            case JSON_LINES -> new JsonLinesSink(out, columns);
            case XLSX -> new SpreadsheetSink(out, columns);
        };
    }

    /** How rows are written. */
    enum Format {
        /** Comma-separated, UTF-8. */
        CSV,
        /** Comma-separated, GB18030, as older systems export. */
        CSV_GB18030,
        /** One JSON object a line. */
        JSON_LINES,
        /** A workbook; for small tables, as it is held in memory. */
        XLSX;

        /** The format that a word on the command line names: csv, gb18030, jsonl or xlsx. */
        static Format named(String word) {
            return switch (word) {
                case "csv" -> CSV;
                case "gb18030" -> CSV_GB18030;
                case "jsonl" -> JSON_LINES;
                case "xlsx" -> XLSX;
                default ->
                        throw new IllegalArgumentException(
                                "Unknown format '" + word + "': csv, gb18030, jsonl or xlsx");
            };
        }
    }
}
