package cn.tiaoxi.platform.border;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/** A spreadsheet (XLSX) of one sheet with a fixed heading. */
final class Workbook implements Sheet {
    /** Most rows that the format holds. */
    static final int MOST_ROWS = 1_048_576;

    private static final int LONGEST_TEXT = 32_767;
    private static final int FLUSH_EVERY = 1_000;

    private final org.dhatim.fastexcel.Workbook workbook;
    private final Worksheet sheet;
    private int rows;

    Workbook(OutputStream out, String name) {
        this.workbook = new org.dhatim.fastexcel.Workbook(out, "Tiaoxi", "1.0");
        this.sheet = workbook.newWorksheet(name);
        sheet.freezePane(0, 1);
    }

    @Override
    public void row(List<? extends @Nullable Object> cells) throws IOException {
        for (int i = 0; i < cells.size(); i++) {
            Object cell = cells.get(i);
            if (cell instanceof Number number) {
                sheet.value(rows, i, number);
            } else if (cell != null) {
                sheet.value(rows, i, fitting(Sheet.harmless(cell.toString())));
            }
        }
        rows++;
        if (rows % FLUSH_EVERY == 0) {
            sheet.flush();
        }
    }

    @Override
    public void hidden(List<String> cells) throws IOException {
        sheet.hideRow(rows);
        row(cells);
    }

    /** Without the control characters that XML cannot hold, and no longer than a cell may be. */
    private static String fitting(String text) {
        String clean = text.replaceAll("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\uFFFE\\uFFFF]", "");
        return clean.length() <= LONGEST_TEXT ? clean : clean.substring(0, LONGEST_TEXT);
    }

    @Override
    public void finish() throws IOException {
        workbook.finish();
    }
}
