package cn.tiaoxi.command;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** The first sheet of a workbook, every cell as text. */
final class SpreadsheetSink implements RowSink {
    private final Workbook workbook;
    private final Worksheet sheet;
    private int row;

    SpreadsheetSink(OutputStream out, List<String> columns) throws IOException {
        workbook = new Workbook(out, "Tiaoxi", "1.0");
        sheet = workbook.newWorksheet("登记表");
        write(columns.toArray(String[]::new));
    }

    @Override
    public void write(String[] cells) {
        for (int i = 0; i < cells.length; i++) {
            if (!cells[i].isEmpty()) {
                sheet.value(row, i, cells[i]);
            }
        }
        row++;
    }

    @Override
    public void close() throws IOException {
        workbook.close();
    }
}
