package cn.tiaoxi.platform.paper;

import cn.tiaoxi.platform.paper.Paper.Colour;
import cn.tiaoxi.platform.paper.Paper.Style;
import java.util.List;

/**
 * Writes down a paper, sheet after sheet: paragraphs, headings, tables. Between them others may
 * draw at {@link #y} and go {@link #down}. Not for several threads.
 */
public final class Flow {
    /** Room at the left and at the right. */
    public static final double MARGIN = 56;

    /** Width between the margins. */
    public static final double INNER = Paper.WIDTH - 2 * MARGIN;

    private static final double TOP = 84;
    private static final double BOTTOM = Paper.HEIGHT - 70;

    private final Paper paper;
    private double y;

    /** Begins with a first sheet. */
    public Flow(Paper paper) {
        this.paper = paper;
        sheet();
    }

    /** How far down the sheet it is. */
    public double y() {
        return y;
    }

    /** Leaves room. */
    public void down(double height) {
        y += height;
    }

    /** Goes on with a new sheet. */
    public void sheet() {
        paper.sheet();
        y = TOP;
    }

    /** Begins a new sheet unless so much still fits. */
    public void need(double height) {
        if (y + height > BOTTOM) {
            sheet();
        }
    }

    /** A paragraph over the whole width. */
    public void paragraph(String text, Style style) {
        for (String line : paper.lines(text, style, INNER)) {
            need(17);
            paper.text(MARGIN, y, style, line);
            y += 17;
        }
        y += 4;
    }

    /** A heading, on the sheet on which what comes first under it stands. */
    public void heading(double first, String text) {
        need(30 + first);
        y += 14;
        paper.text(MARGIN, y, Style.of(12.5).strong(), text);
        y += 14;
    }

    /**
     * A table with a head that is repeated on every sheet.
     *
     * @param widths of the columns, as shares of 1
     * @param numbersFrom the first column whose texts end at the right
     */
    public void table(
            double[] widths, List<String> head, List<List<String>> rows, int numbersFrom) {
        Style style = Style.of(8.5);
        need(40);
        row(widths, head, style.in(Colour.SOFT), numbersFrom, true);
        for (List<String> each : rows) {
            if (y + height(widths, each, style) > BOTTOM) {
                sheet();
                row(widths, head, style.in(Colour.SOFT), numbersFrom, true);
            }
            row(widths, each, style, numbersFrom, false);
        }
        y += 10;
    }

    private double height(double[] widths, List<String> cells, Style style) {
        int most = 1;
        for (int i = 0; i < cells.size(); i++) {
            most = Math.max(most, lines(widths, cells, i, style).size());
        }
        return most * 12 + 6;
    }

    private List<String> lines(double[] widths, List<String> cells, int cell, Style style) {
        return paper.lines(cells.get(cell), style, widths[cell] * INNER - 7);
    }

    private void row(
            double[] widths, List<String> cells, Style style, int numbersFrom, boolean head) {
        double height = height(widths, cells, style);
        if (head) {
            paper.box(MARGIN, y, INNER, height, Colour.FAINT);
        }
        double x = MARGIN;
        for (int i = 0; i < cells.size(); i++) {
            double width = widths[i] * INNER;
            double at = y + 12;
            for (String line : lines(widths, cells, i, style)) {
                if (i >= numbersFrom) {
                    paper.textBefore(x + width - 3, at, style, line);
                } else {
                    paper.text(x + 3, at, style, line);
                }
                at += 12;
            }
            x += width;
        }
        y += height;
        paper.line(MARGIN, y, MARGIN + INNER, y, 0.5, Colour.LINE);
    }
}
