package cn.tiaoxi.platform.intake;

import cn.tiaoxi.platform.border.Sheet;
import cn.tiaoxi.platform.border.Words;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.springframework.stereotype.Service;

/**
 * A copy of the person's own table with a column that says what to mend, and notes at the cells. It
 * can be mended and brought again as it is: the column is left out then.
 */
@Service
public class MendingSheet {
    /** Heading of the column that is added. */
    static final Words HEADING = new Words("怎么改", "What to mend");

    private static final int AT_ONCE = 2_000;
    private static final int MOST_NOTES = 5_000;
    private static final int FLUSH_EVERY = 1_000;
    private static final int LONGEST_CELL = 32_767;
    private static final int MOST_ROWS = 1_048_575;
    private static final String COLOUR = "FDE9D9";

    private final Imports imports;
    private final ChunkStore chunks;
    private final Wording wording;

    MendingSheet(Imports imports, ChunkStore chunks, Wording wording) {
        this.imports = imports;
        this.chunks = chunks;
        this.wording = wording;
    }

    /** Takes the rows of the copy. */
    private interface Copy {
        void heading(List<String> names) throws IOException;

        void ids(List<String> ids) throws IOException;

        void row(SourceRow row, int width, List<Finding> findings, boolean refused)
                throws IOException;
    }

    /**
     * Writes the copy.
     *
     * @param workbook whether it is a workbook; else CSV
     * @param all whether it has all rows, the refused ones marked; else only those
     */
    public void write(Import job, boolean workbook, boolean all, Locale locale, OutputStream out)
            throws IOException {
        if (workbook) {
            try (Workbook book = new Workbook(out, "Tiaoxi", "1.0")) {
                copy(job, all, locale, new BookCopy(book.newWorksheet("1"), locale));
            }
        } else {
            Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
            copy(job, all, locale, new CsvCopy(writer, locale));
            writer.flush();
        }
    }

    private void copy(Import job, boolean all, Locale locale, Copy copy) throws IOException {
        Layout layout = job.layout();
        int width = layout.columns().size();
        List<String> names = new ArrayList<>();
        layout.columns().forEach(c -> names.add(c.name()));
        names.add(HEADING.in(locale));
        copy.heading(names);
        if (layout.idRow() > 0) {
            List<String> ids = new ArrayList<>();
            layout.columns().forEach(c -> ids.add(c.id() == null ? "" : "{" + c.id() + "}"));
            copy.ids(ids);
        }
        Set<Long> refused =
                chunks.refused(
                        job.id(),
                        job.batch() == null ? ChunkStore.Phase.CHECK : ChunkStore.Phase.APPLY);
        List<SourceRow> part = new ArrayList<>();
        int count = 0;
        try (RowSource source =
                RowSource.open(imports.file(job), layout, job.options().fillMerged())) {
            SourceRow row;
            while (count < MOST_ROWS && (row = source.next()) != null) {
                if (layout.isData(row) && (all || refused.contains(row.number()))) {
                    part.add(row);
                    count++;
                }
                if (part.size() == AT_ONCE) {
                    copy(job, part, width, refused, copy);
                    part.clear();
                }
            }
        }
        copy(job, part, width, refused, copy);
    }

    private void copy(Import job, List<SourceRow> rows, int width, Set<Long> refused, Copy copy)
            throws IOException {
        if (rows.isEmpty()) {
            return;
        }
        Map<Long, List<Finding>> findings =
                chunks.between(job.id(), rows.getFirst().number(), rows.getLast().number());
        for (SourceRow row : rows) {
            copy.row(
                    row,
                    width,
                    findings.getOrDefault(row.number(), List.of()),
                    refused.contains(row.number()));
        }
    }

    /** What is to be mended in a row, column by column. */
    private String inWords(List<Finding> findings, List<String> names, Locale locale) {
        List<String> all = new ArrayList<>();
        for (Finding finding : findings) {
            String name =
                    finding.column() >= 0 && finding.column() < names.size()
                            ? names.get(finding.column())
                            : "";
            all.add(
                    (name.isEmpty() ? "" : name + new Words("：", ": ").in(locale))
                            + inWords(finding, locale));
        }
        return String.join("\n", all);
    }

    private String inWords(Finding finding, Locale locale) {
        return wording.message(finding.code(), finding.arguments(), locale)
                + new Words("。", ". ").in(locale)
                + wording.mend(finding.code(), finding.arguments(), locale);
    }

    private String text(
            List<Finding> findings, List<String> names, boolean refused, Locale locale) {
        if (!refused) {
            return "";
        }
        return findings.isEmpty()
                ? new Words("这一行没有被接受，请对照其他行改正", "The row was not taken; mend it like the others")
                        .in(locale)
                : inWords(findings, names, locale);
    }

    /** A copy as a workbook. */
    private final class BookCopy implements Copy {
        private final Worksheet sheet;
        private final Locale locale;
        private List<String> names = List.of();
        private int at;
        private int notes;

        BookCopy(Worksheet sheet, Locale locale) {
            this.sheet = sheet;
            this.locale = locale;
        }

        @Override
        public void heading(List<String> headings) {
            names = headings;
            for (int i = 0; i < headings.size(); i++) {
                sheet.value(0, i, fitting(headings.get(i)));
                sheet.style(0, i).bold().set();
                sheet.width(i, i == headings.size() - 1 ? 60 : 18);
            }
            sheet.freezePane(0, 1);
            at = 1;
        }

        @Override
        public void ids(List<String> ids) {
            for (int i = 0; i < ids.size(); i++) {
                sheet.value(at, i, ids.get(i));
            }
            sheet.hideRow(at);
            at++;
        }

        @Override
        public void row(SourceRow row, int width, List<Finding> findings, boolean refused) {
            for (int i = 0; i < width; i++) {
                String text = SourceRow.text(row.cell(i));
                if (!text.isEmpty()) {
                    sheet.value(at, i, fitting(Sheet.harmless(text)));
                }
            }
            sheet.value(at, width, fitting(text(findings, names, refused, locale)));
            for (Finding finding : findings) {
                if (finding.column() >= 0 && finding.column() < width && notes < MOST_NOTES) {
                    sheet.style(at, finding.column()).fillColor(COLOUR).set();
                    sheet.comment(at, finding.column(), fitting(inWords(finding, locale)));
                    notes++;
                }
            }
            at++;
            if (at % FLUSH_EVERY == 0) {
                try {
                    sheet.flush();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }

        private static String fitting(String text) {
            String clean = text.replaceAll("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\uFFFE\\uFFFF]", "");
            return clean.length() <= LONGEST_CELL ? clean : clean.substring(0, LONGEST_CELL);
        }
    }

    /** A copy as CSV. */
    private final class CsvCopy implements Copy {
        private final Writer out;
        private final Locale locale;
        private List<String> names = List.of();

        CsvCopy(Writer out, Locale locale) throws IOException {
            this.out = out;
            this.locale = locale;
            out.write('\uFEFF');
        }

        @Override
        public void heading(List<String> headings) throws IOException {
            names = headings;
            line(headings);
        }

        @Override
        public void ids(List<String> ids) throws IOException {
            line(ids);
        }

        @Override
        public void row(SourceRow row, int width, List<Finding> findings, boolean refused)
                throws IOException {
            List<String> cells = new ArrayList<>();
            for (int i = 0; i < width; i++) {
                cells.add(Sheet.harmless(SourceRow.text(row.cell(i))));
            }
            cells.add(text(findings, names, refused, locale));
            line(cells);
        }

        private void line(List<String> cells) throws IOException {
            for (int i = 0; i < cells.size(); i++) {
                out.write(i > 0 ? ",\"" : "\"");
                out.write(cells.get(i).replace("\"", "\"\""));
                out.write('"');
            }
            out.write("\r\n");
        }
    }
}
