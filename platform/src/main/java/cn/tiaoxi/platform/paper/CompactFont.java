package cn.tiaoxi.platform.paper;

import java.awt.geom.PathIterator;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes glyphs as a font program in the Compact Font Format with glyphs numbered from 0 (CIDs), as
 * PDF embeds it: Adobe Technical Note 5176, the outlines as Type 2 charstrings of Note 5177. PDFBox
 * cannot cut a font with PostScript outlines down to the glyphs used, and the whole font is too
 * large for a letter.
 */
final class CompactFont {
    private static final int FIRST_OWN_STRING = 391;
    private static final int MOVE = 21;
    private static final int LINE = 5;
    private static final int CURVE = 8;
    private static final int END = 14;

    /** A glyph: its advance in thousandths of the size, and its outline. */
    record Glyph(double advance, PathIterator outline) {}

    private CompactFont() {}

    /**
     * The font program.
     *
     * @param glyphs the glyphs in the order of their numbers; the first stands for missing ones
     */
    static byte[] of(String name, List<Glyph> glyphs) {
        byte[] head = {1, 0, 4, 4};
        byte[] names = index(List.of(name.getBytes(StandardCharsets.US_ASCII)));
        byte[] strings = index(List.of(ascii("Adobe"), ascii("Identity")));
        byte[] noSubroutines = {0, 0};
        byte[] charset = charset(glyphs.size());
        byte[] selection = selection(glyphs.size());
        byte[] outlines = index(glyphs.stream().map(CompactFont::charstring).toList());
        byte[] hints = new Dictionary().number(0).operator(20).number(0).operator(21).bytes();

        int size = index(List.of(top(glyphs.size(), 0, 0, 0, 0))).length;
        int charsetAt = head.length + names.length + size + strings.length + noSubroutines.length;
        int selectionAt = charsetAt + charset.length;
        int outlinesAt = selectionAt + selection.length;
        int hintsAt = outlinesAt + outlines.length;
        int fontsAt = hintsAt + hints.length;
        byte[] fonts =
                index(
                        List.of(
                                new Dictionary()
                                        .number(hints.length)
                                        .number(hintsAt)
                                        .operator(18)
                                        .bytes()));
        byte[] top =
                index(List.of(top(glyphs.size(), charsetAt, selectionAt, outlinesAt, fontsAt)));
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (byte[] part :
                List.of(
                        head,
                        names,
                        top,
                        strings,
                        noSubroutines,
                        charset,
                        selection,
                        outlines,
                        hints,
                        fonts)) {
            whole.writeBytes(part);
        }
        return whole.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] top(int glyphs, int charset, int selection, int outlines, int fonts) {
        return new Dictionary()
                .number(FIRST_OWN_STRING)
                .number(FIRST_OWN_STRING + 1)
                .number(0)
                .escaped(30)
                .number(glyphs)
                .escaped(34)
                .number(charset)
                .operator(15)
                .number(outlines)
                .operator(17)
                .number(fonts)
                .escaped(36)
                .number(selection)
                .escaped(37)
                .bytes();
    }

    /** Format 2, one range: glyph n has number n. */
    private static byte[] charset(int glyphs) {
        int left = glyphs - 2;
        return new byte[] {2, 0, 1, (byte) (left >> 8), (byte) left};
    }

    /** Format 3, one range: every glyph is of the first font. */
    private static byte[] selection(int glyphs) {
        return new byte[] {3, 0, 1, 0, 0, 0, (byte) (glyphs >> 8), (byte) glyphs};
    }

    private static byte[] index(List<byte[]> items) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(items.size() >> 8);
        out.write(items.size());
        out.write(4);
        int at = 1;
        four(out, at);
        for (byte[] item : items) {
            at += item.length;
            four(out, at);
        }
        items.forEach(out::writeBytes);
        return out.toByteArray();
    }

    private static void four(ByteArrayOutputStream out, int value) {
        out.write(value >> 24);
        out.write(value >> 16);
        out.write(value >> 8);
        out.write(value);
    }

    private static byte[] charstring(Glyph glyph) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        number(out, (int) Math.round(glyph.advance()));
        Pen pen = new Pen(out);
        double[] points = new double[6];
        for (PathIterator path = glyph.outline(); !path.isDone(); path.next()) {
            switch (path.currentSegment(points)) {
                case PathIterator.SEG_MOVETO -> pen.to(MOVE, points, 1);
                case PathIterator.SEG_LINETO -> pen.to(LINE, points, 1);
                case PathIterator.SEG_QUADTO -> pen.to(CURVE, pen.cubic(points), 3);
                case PathIterator.SEG_CUBICTO -> pen.to(CURVE, points, 3);
                default -> {
                    // Contours close by themselves.
                }
            }
        }
        out.write(END);
        return out.toByteArray();
    }

    private static void number(ByteArrayOutputStream out, int value) {
        if (value >= -107 && value <= 107) {
            out.write(value + 139);
        } else {
            out.write(28);
            out.write(value >> 8);
            out.write(value);
        }
    }

    /** Draws relative to where it stands; what rounding takes from one step the next one gets. */
    private static final class Pen {
        private final ByteArrayOutputStream out;
        private int x;
        private int y;

        private Pen(ByteArrayOutputStream out) {
            this.out = out;
        }

        private void to(int operator, double[] points, int count) {
            for (int i = 0; i < count; i++) {
                int nextX = (int) Math.round(points[2 * i]);
                int nextY = (int) Math.round(points[2 * i + 1]);
                number(out, nextX - x);
                number(out, nextY - y);
                x = nextX;
                y = nextY;
            }
            out.write(operator);
        }

        /** The cubic curve that is the same as a quadratic one from here. */
        private double[] cubic(double[] quadratic) {
            double controlX = quadratic[0];
            double controlY = quadratic[1];
            double endX = quadratic[2];
            double endY = quadratic[3];
            return new double[] {
                x + (controlX - x) * 2 / 3,
                y + (controlY - y) * 2 / 3,
                endX + (controlX - endX) * 2 / 3,
                endY + (controlY - endY) * 2 / 3,
                endX,
                endY
            };
        }
    }

    /** Operands before their operator; numbers are five bytes long whatever their value. */
    private static final class Dictionary {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        private Dictionary number(int value) {
            out.write(29);
            four(out, value);
            return this;
        }

        private Dictionary operator(int code) {
            out.write(code);
            return this;
        }

        private Dictionary escaped(int code) {
            out.write(12);
            return operator(code);
        }

        private byte[] bytes() {
            return out.toByteArray();
        }
    }
}
