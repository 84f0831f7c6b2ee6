package cn.tiaoxi.platform.intake;

import cn.tiaoxi.lake.ErrorCode;
import cn.tiaoxi.lake.LakeException;
import cn.tiaoxi.lake.source.Format;
import cn.tiaoxi.lake.source.ProbeResult;
import cn.tiaoxi.lake.source.ReadOptions;
import cn.tiaoxi.lake.source.SourceLayout;
import cn.tiaoxi.lake.source.SourceProbe;
import cn.tiaoxi.lake.source.TextEncoding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.dhatim.fastexcel.reader.SheetVisibility;
import org.jspecify.annotations.Nullable;

/**
 * Looks into a file: what it is, which sheet and which row of headings it has, what its columns
 * hold. What the lake's probe refuses is refused here: no table, encrypted, a bomb.
 */
final class Probing {
    static final int MOST_COLUMNS = 500;
    private static final int MOST_SHEETS = 30;
    private static final int HEAD = 30;
    private static final int SAMPLES = 5;
    private static final int LONGEST_SAMPLE = 80;
    private static final Pattern ID = Pattern.compile("\\{([A-Za-z][A-Za-z0-9_-]{0,59})}");

    private final Path file;
    private final ColumnMatch match;

    /**
     * What was found.
     *
     * @param form type and version of the template that it was made from, if it was
     */
    record Found(Layout layout, @Nullable Form form) {}

    /** Type and version that a template was made for. */
    record Form(String type, int version) {}

    /**
     * What the person says about the file; null leaves it to be found.
     *
     * @param headerRow the row of the headings
     */
    record Wish(
            @Nullable TextEncoding encoding,
            @Nullable Character separator,
            @Nullable String sheet,
            @Nullable Long headerRow) {
        static final Wish NONE = new Wish(null, null, null, null);
    }

    Probing(Path file, ColumnMatch match) {
        this.file = file;
        this.match = match;
    }

    Found probe(String fileName, Wish wish) throws IOException {
        Optional<ProbeResult> probe =
                ofLake(new ReadOptions(wish.encoding(), wish.separator(), null, null), fileName);
        Format format = probe.map(p -> p.layout().format()).orElse(Format.XLSX);
        return switch (format) {
            case CSV, TSV -> new Found(text(probe.orElseThrow().layout(), wish), null);
            case JSON_LINES -> new Found(json(probe.orElseThrow().layout()), null);
            case XLSX -> workbook(wish);
            case PARQUET -> throw IntakeException.formatUnsupported("Parquet");
        };
    }

    /** Empty for a workbook whose first sheet is, which says nothing about the others. */
    private Optional<ProbeResult> ofLake(ReadOptions options, String fileName) {
        try {
            return Optional.of(SourceProbe.probe(file, fileName, options));
        } catch (LakeException e) {
            if (e.code() == ErrorCode.SHEET_EMPTY || e.code() == ErrorCode.SHEET_UNKNOWN) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Layout text(SourceLayout found, Wish wish) throws IOException {
        Layout bare =
                new Layout(
                        found.format(),
                        found.encoding(),
                        found.separator(),
                        null,
                        List.of(),
                        0,
                        0,
                        List.of());
        Layout layout = headed(bare, head(bare), wish.headerRow());
        if (layout.columns().isEmpty()) {
            throw IntakeException.empty("");
        }
        return layout;
    }

    private Layout json(SourceLayout found) throws IOException {
        TextEncoding encoding = Objects.requireNonNull(found.encoding());
        List<Layout.Column> columns = new ArrayList<>();
        for (String key : JsonRows.keys(file, encoding, MOST_COLUMNS)) {
            columns.add(new Layout.Column(key, null, List.of()));
        }
        refuseTooMany(columns.size());
        if (columns.isEmpty()) {
            throw IntakeException.empty("");
        }
        Layout layout =
                new Layout(Format.JSON_LINES, encoding, null, null, List.of(), 0, 0, columns);
        List<SourceRow> rows = head(layout);
        List<Layout.Column> sampled = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            sampled.add(new Layout.Column(columns.get(i).name(), null, samples(rows, i)));
        }
        return layout.with(0, 0, sampled);
    }

    private Found workbook(Wish wish) throws IOException {
        List<String> sheets = new ArrayList<>();
        Form form = null;
        try (ReadableWorkbook workbook = SheetRows.open(file)) {
            for (Sheet sheet : workbook.getSheets().limit(MOST_SHEETS).toList()) {
                if (sheet.getVisibility() == SheetVisibility.VISIBLE) {
                    sheets.add(sheet.getName());
                } else if (sheet.getName().equals(Template.FORM_SHEET)) {
                    form = form(sheet);
                }
            }
        }
        String wanted = wish.sheet();
        if (wanted != null && !sheets.contains(wanted)) {
            throw new LakeException(ErrorCode.SHEET_UNKNOWN, wanted);
        }
        Layout best = null;
        int bestKnown = -1;
        for (String sheet : wanted == null ? sheets : List.of(wanted)) {
            Layout bare = new Layout(Format.XLSX, null, null, sheet, sheets, 0, 0, List.of());
            Layout layout = headed(bare, head(bare), wish.headerRow());
            int known = match.known(layout.columns().stream().map(Layout.Column::name).toList());
            if (!layout.columns().isEmpty() && known > bestKnown) {
                best = layout;
                bestKnown = known;
            }
        }
        if (best == null) {
            throw IntakeException.empty(wanted == null ? "" : wanted);
        }
        return new Found(best, form);
    }

    private static @Nullable Form form(Sheet sheet) throws IOException {
        List<Row> rows = sheet.read();
        if (rows.size() < 2) {
            return null;
        }
        String type = rows.get(0).getCellText(1);
        String version = rows.get(1).getCellText(1);
        return version.matches("[0-9]{1,9}") ? new Form(type, Integer.parseInt(version)) : null;
    }

    private List<SourceRow> head(Layout layout) throws IOException {
        List<SourceRow> rows = new ArrayList<>();
        try (RowSource source = RowSource.open(file, layout, false)) {
            SourceRow row;
            while (rows.size() < HEAD && (row = source.next()) != null) {
                rows.add(row);
            }
        }
        return rows;
    }

    /** The layout with the row of headings, that of identifiers below it, and the columns. */
    private Layout headed(Layout bare, List<SourceRow> rows, @Nullable Long wanted) {
        if (rows.isEmpty()) {
            return bare;
        }
        int header = wanted == null ? header(rows) : at(rows, wanted);
        SourceRow headings = rows.get(header);
        List<SourceRow> body = rows.subList(header + 1, rows.size());
        SourceRow ids = body.isEmpty() || !isIds(body.getFirst()) ? null : body.getFirst();
        int width = used(headings);
        for (SourceRow row : body) {
            width = Math.max(width, bare.format() == Format.XLSX ? used(row) : 0);
        }
        refuseTooMany(width);
        List<SourceRow> values = ids == null ? body : body.subList(1, body.size());
        List<Layout.Column> columns = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            columns.add(
                    new Layout.Column(
                            SourceRow.text(headings.cell(i)).strip(),
                            ids == null ? null : id(ids, i),
                            samples(values, i)));
        }
        return bare.with(headings.number(), ids == null ? 0 : ids.number(), columns);
    }

    private static void refuseTooMany(int columns) {
        if (columns > MOST_COLUMNS) {
            throw IntakeException.tooManyColumns(columns, MOST_COLUMNS);
        }
    }

    private static int at(List<SourceRow> rows, long number) {
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).number() == number) {
                return i;
            }
        }
        return 0;
    }

    /**
     * The row above the identifiers of a template; else the row that names most of the ledger's
     * columns; else the first with more than one text.
     */
    private int header(List<SourceRow> rows) {
        for (int i = 0; i + 1 < rows.size(); i++) {
            if (isIds(rows.get(i + 1))) {
                return i;
            }
        }
        int best = 0;
        int most = 0;
        for (int i = 0; i < Math.min(rows.size(), 20); i++) {
            int known = match.known(texts(rows.get(i)));
            if (known > most) {
                most = known;
                best = i;
            }
        }
        if (most > 0) {
            return best;
        }
        for (int i = 0; i < rows.size(); i++) {
            if (texts(rows.get(i)).size() > 1) {
                return i;
            }
        }
        return 0;
    }

    private static List<String> texts(SourceRow row) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < row.width(); i++) {
            String text = SourceRow.text(row.cell(i)).strip();
            if (!text.isEmpty()) {
                texts.add(text);
            }
        }
        return texts;
    }

    private static boolean isIds(SourceRow row) {
        List<String> texts = texts(row);
        return !texts.isEmpty() && texts.stream().allMatch(t -> ID.matcher(t).matches());
    }

    private static @Nullable String id(SourceRow ids, int column) {
        Matcher id = ID.matcher(SourceRow.text(ids.cell(column)).strip());
        return id.matches() ? id.group(1) : null;
    }

    private static int used(SourceRow row) {
        for (int i = row.width() - 1; i >= 0; i--) {
            if (!SourceRow.text(row.cell(i)).isBlank()) {
                return i + 1;
            }
        }
        return 0;
    }

    private static List<String> samples(List<SourceRow> rows, int column) {
        List<String> samples = new ArrayList<>();
        for (SourceRow row : rows) {
            String text = SourceRow.text(row.cell(column)).strip();
            if (!text.isEmpty() && samples.size() < SAMPLES) {
                samples.add(
                        text.length() <= LONGEST_SAMPLE
                                ? text
                                : text.substring(0, LONGEST_SAMPLE) + "…");
            }
        }
        return samples;
    }
}
