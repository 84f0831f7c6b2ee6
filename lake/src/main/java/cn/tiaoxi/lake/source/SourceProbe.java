package cn.tiaoxi.lake.source;

import static java.util.Objects.requireNonNullElse;

import cn.tiaoxi.lake.ErrorCode;
import cn.tiaoxi.lake.LakeException;
import cn.tiaoxi.lake.RowFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Sheet;
import org.dhatim.fastexcel.reader.SheetVisibility;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a file without reading it whole: what it is, how its rows are to be read, what its
 * columns are and what is amiss. Memory and time do not grow with the file, workbooks excepted,
 * which are unpacked once to see that they are no bombs.
 */
public final class SourceProbe {
    /** Bytes that a file may have. */
    public static final long MAX_BYTES = 2L << 30;

    private static final int MAX_COLUMNS = 1_000;
    private static final int PREVIEW = 50;

    private SourceProbe() {}

    /**
     * Probes a file.
     *
     * @param file the bytes
     * @param fileName the name that the person gave it; only compared with the content
     * @param options what the person says about it
     * @throws LakeException if it holds no table that can be read
     */
    public static ProbeResult probe(Path file, String fileName, ReadOptions options) {
        return probe(file, fileName, options, MAX_BYTES);
    }

    /**
     * Probes a file that may be larger than what is loaded, because it is only read through.
     *
     * @param most bytes that it may have; a workbook at most {@link #MAX_BYTES}
     */
    public static ProbeResult probe(Path file, String fileName, ReadOptions options, long most) {
        try {
            FileKind kind = FileKind.of(file);
            long limit = kind == FileKind.WORKBOOK ? Math.min(most, MAX_BYTES) : most;
            if (Files.size(file) > limit) {
                throw new LakeException(
                        ErrorCode.FILE_TOO_LARGE, Files.size(file) >> 20, limit >> 20);
            }
            return switch (kind) {
                case TEXT -> text(file, fileName, options);
                case WORKBOOK -> workbook(file, fileName, options);
                case PARQUET -> parquet(file, fileName);
            };
        } catch (NoSuchFileException e) {
            throw new LakeException(e, ErrorCode.FILE_MISSING);
        } catch (IOException e) {
            throw new LakeException(
                    e, ErrorCode.STORAGE_FAILED, String.valueOf(file.getFileName()));
        }
    }

    private static ProbeResult text(Path file, String fileName, ReadOptions options)
            throws IOException {
        EncodingDetector.Finding encoding = EncodingDetector.detect(file, options.encoding());
        List<Problem> problems = new ArrayList<>(encoding.problems());
        if (options.separator() == null && JsonSample.isJsonLines(file, encoding.encoding())) {
            JsonSample sample = JsonSample.read(file, encoding.encoding());
            SourceLayout layout =
                    new SourceLayout(
                            Format.JSON_LINES,
                            encoding.encoding(),
                            null,
                            true,
                            null,
                            sample.keys());
            problems.addAll(sample.problems());
            return result(file, fileName, layout, encoding, List.of(), sample.rows(), problems);
        }
        char separator =
                options.separator() == null
                        ? SeparatorDetector.detect(file, encoding.encoding())
                        : options.separator();
        if (separator > 0x7e || separator == '"' || separator == '\n' || separator == '\r') {
            throw new IllegalArgumentException(
                    "separator must be an ASCII character, not " + (int) separator);
        }
        Format format = separator == '\t' ? Format.TSV : Format.CSV;
        SourceLayout bare =
                new SourceLayout(format, encoding.encoding(), separator, false, null, List.of());
        List<SampleRow> rows = SampleReader.head(file, bare);
        if (rows.isEmpty()) {
            throw new LakeException(ErrorCode.FILE_EMPTY);
        }
        boolean header = requireNonNullElse(options.header(), HeaderDetector.hasHeader(rows));
        SourceLayout layout = layoutOf(bare, header, rows, problems);
        List<SampleRow> body = new ArrayList<>(header ? rows.subList(1, rows.size()) : rows);
        body.addAll(SampleReader.across(file, bare, layout.columns().size()));
        return result(file, fileName, layout, encoding, List.of(), body, problems);
    }

    private static ProbeResult workbook(Path file, String fileName, ReadOptions options)
            throws IOException {
        List<String> sheets = new ArrayList<>();
        try (ReadableWorkbook workbook = WorkbookSegments.open(file)) {
            workbook.getSheets()
                    .filter(sheet -> sheet.getVisibility() == SheetVisibility.VISIBLE)
                    .map(Sheet::getName)
                    .forEach(sheets::add);
        }
        String sheet =
                options.sheet() == null
                        ? (sheets.isEmpty() ? "" : sheets.getFirst())
                        : options.sheet();
        if (!sheets.contains(sheet)) {
            throw new LakeException(ErrorCode.SHEET_UNKNOWN, sheet);
        }
        SourceLayout bare = new SourceLayout(Format.XLSX, null, null, false, sheet, List.of());
        List<SampleRow> rows = SampleReader.head(file, bare);
        if (rows.isEmpty()) {
            throw new LakeException(ErrorCode.SHEET_EMPTY, sheet);
        }
        List<Problem> problems = new ArrayList<>();
        boolean header = requireNonNullElse(options.header(), HeaderDetector.hasHeader(rows));
        SourceLayout layout = layoutOf(bare, header, rows, problems);
        List<SampleRow> body = header ? rows.subList(1, rows.size()) : rows;
        return result(file, fileName, layout, null, sheets, body, problems);
    }

    private static ProbeResult parquet(Path file, String fileName) throws IOException {
        SourceLayout layout;
        List<cn.tiaoxi.lake.ColumnType> types;
        try (ParquetReader reader = ParquetReader.open(file)) {
            layout = new SourceLayout(Format.PARQUET, null, null, true, null, reader.names());
            types = List.copyOf(reader.types());
        }
        List<SampleRow> rows = SampleReader.head(file, layout);
        ProbeResult guessed =
                result(file, fileName, layout, null, List.of(), rows, new ArrayList<>());
        List<ProbedColumn> columns = new ArrayList<>();
        for (ProbedColumn column : guessed.columns()) {
            columns.add(
                    new ProbedColumn(
                            column.index(),
                            column.sourceName(),
                            column.name(),
                            column.label(),
                            types.get(column.index()),
                            column.samples(),
                            column.problems().stream()
                                    .filter(problem -> problem.code() != ProblemCode.TYPES_MIXED)
                                    .toList()));
        }
        return new ProbeResult(
                layout,
                null,
                List.of(),
                columns,
                guessed.preview(),
                guessed.problems(),
                guessed.bytes());
    }

    /** The layout with names from the header, or without names; as wide as most rows. */
    private static SourceLayout layoutOf(
            SourceLayout bare, boolean header, List<SampleRow> rows, List<Problem> problems) {
        int width = header ? headerWidth(rows) : commonWidth(rows);
        if (width > MAX_COLUMNS) {
            throw new LakeException(ErrorCode.TOO_MANY_COLUMNS, width, MAX_COLUMNS);
        }
        List<String> names = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            String name = header ? rows.getFirst().value(i) : null;
            names.add(name == null ? "" : name.strip());
        }
        if (!header) {
            problems.add(Problem.of(ProblemCode.HEADER_MISSING));
        }
        if (width == 1 && bare.format().isDelimited()) {
            problems.add(Problem.of(ProblemCode.ONE_COLUMN));
        }
        return new SourceLayout(
                bare.format(), bare.encoding(), bare.separator(), header, bare.sheet(), names);
    }

    /** The header's width, or that of nearly all rows below it if they agree on a greater one. */
    private static int headerWidth(List<SampleRow> rows) {
        int width = rows.getFirst().width();
        if (rows.size() < 2) {
            return width;
        }
        List<SampleRow> body = rows.subList(1, rows.size());
        int common = commonWidth(body);
        long agreeing = body.stream().filter(row -> row.width() == common).count();
        return common > width && agreeing * 10 >= body.size() * 9L ? common : width;
    }

    private static int commonWidth(List<SampleRow> rows) {
        Map<Integer, Integer> widths = new HashMap<>();
        for (SampleRow row : rows) {
            widths.merge(row.width(), 1, Integer::sum);
        }
        return widths.entrySet().stream()
                .max(
                        Map.Entry.<Integer, Integer>comparingByValue()
                                .thenComparing(Map.Entry.comparingByKey()))
                .orElseThrow()
                .getKey();
    }

    private static ProbeResult result(
            Path file,
            String fileName,
            SourceLayout layout,
            EncodingDetector.@Nullable Finding encoding,
            List<String> sheets,
            List<SampleRow> body,
            List<Problem> problems)
            throws IOException {
        addRowProblems(layout, body, problems);
        addNameProblem(fileName, layout.format(), problems);
        if (body.isEmpty()) {
            problems.add(Problem.of(ProblemCode.NO_ROWS));
        }
        List<List<@Nullable String>> preview = new ArrayList<>();
        for (SampleRow row : body.subList(0, Math.min(PREVIEW, body.size()))) {
            List<@Nullable String> values = new ArrayList<>();
            for (int i = 0; i < layout.columns().size(); i++) {
                values.add(row.value(i));
            }
            preview.add(values);
        }
        return new ProbeResult(
                layout,
                encoding == null ? null : encoding.reason(),
                sheets,
                ProbedColumns.of(layout, body),
                preview,
                problems,
                Files.size(file));
    }

    private static void addRowProblems(
            SourceLayout layout, List<SampleRow> body, List<Problem> problems) {
        int width = layout.columns().size();
        List<SampleRow> ragged =
                body.stream().filter(row -> row.fault() == null && isRagged(row, width)).toList();
        if (!ragged.isEmpty()) {
            SampleRow first = ragged.getFirst();
            problems.add(
                    Problem.of(
                            ProblemCode.ROWS_RAGGED,
                            ragged.size(),
                            first.line(),
                            width,
                            first.width()));
        }
        List<SampleRow> broken =
                body.stream()
                        .filter(
                                row ->
                                        row.fault() == RowFault.QUOTE_MISPLACED
                                                || row.fault() == RowFault.QUOTE_NOT_CLOSED)
                        .toList();
        if (!broken.isEmpty()) {
            problems.add(
                    Problem.of(ProblemCode.QUOTES_BROKEN, broken.size(), broken.getFirst().line()));
        }
    }

    private static boolean isRagged(SampleRow row, int width) {
        if (row.width() < width) {
            return true;
        }
        return row.values().subList(width, row.width()).stream().anyMatch(value -> value != null);
    }

    private static void addNameProblem(String fileName, Format format, List<Problem> problems) {
        String lower = fileName.toLowerCase(Locale.ROOT);
        String ending = lower.substring(lower.lastIndexOf('.') + 1);
        List<String> expected =
                switch (format) {
                    case CSV, TSV -> List.of("csv", "tsv", "txt", "tab", "dat");
                    case XLSX -> List.of("xlsx", "xlsm");
                    case JSON_LINES -> List.of("jsonl", "ndjson", "json", "txt");
                    case PARQUET -> List.of("parquet", "pq");
                };
        if (lower.contains(".") && !expected.contains(ending)) {
            problems.add(Problem.of(ProblemCode.NAME_DIFFERS, ending, format.name()));
        }
    }
}
