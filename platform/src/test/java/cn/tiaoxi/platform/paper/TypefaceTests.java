package cn.tiaoxi.platform.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fonts become part of a PDF that can be read, copied and drawn. */
class TypefaceTests {
    private static final String SENTENCE = "Ledgers of Huzhou, 98.5% – “kept well”";

    @TempDir private Path folder;

    /** A font with quadratic outlines. */
    private Path trueType() throws IOException {
        Path file = folder.resolve("plain.ttf");
        try (InputStream font =
                PDDocument.class.getResourceAsStream(
                        "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf")) {
            assertThat(font).isNotNull();
            Files.copy(font, file);
        }
        return file;
    }

    private static byte[] written(Typeface typeface, String text) throws IOException {
        try (Paper paper = new Paper(typeface, Locale.ENGLISH, "Test")) {
            paper.sheet();
            paper.text(60, 100, Paper.Style.of(24), text);
            return paper.bytes();
        }
    }

    private static double inked(BufferedImage picture) {
        long dark = 0;
        for (int x = 0; x < picture.getWidth(); x++) {
            for (int y = 0; y < picture.getHeight(); y++) {
                dark += (picture.getRGB(x, y) & 0xff) < 128 ? 1 : 0;
            }
        }
        return (double) dark / picture.getWidth() / picture.getHeight();
    }

    @Test
    void aTrueTypeFontIsEmbeddedDrawnAndCopied() throws IOException {
        byte[] pdf = written(Typeface.open(trueType()), SENTENCE);

        assertThat(pdf.length).isLessThan(40_000);
        try (PDDocument document = Loader.loadPDF(pdf)) {
            assertThat(new PDFTextStripper().getText(document).strip()).isEqualTo(SENTENCE);
            BufferedImage picture = new PDFRenderer(document).renderImageWithDPI(0, 72);
            assertThat(inked(picture)).isBetween(0.002, 0.02);
        }
    }

    @Test
    void aCharacterThatTheFontLacksCanStillBeCopied() throws IOException {
        byte[] pdf = written(Typeface.open(trueType()), "湖州 A");

        try (PDDocument document = Loader.loadPDF(pdf)) {
            assertThat(new PDFTextStripper().getText(document).strip()).isEqualTo("湖州 A");
        }
    }

    @Test
    void withoutAFontWithChineseLettersThereIsAClearProblem() throws IOException {
        Path broken = folder.resolve("broken.otf");
        Files.writeString(broken, "no font");
        Fonts none =
                new Fonts(
                        new PaperProperties(
                                List.of(
                                        folder.resolve("nowhere.ttc").toString(),
                                        broken.toString(),
                                        trueType().toString())));

        assertThatThrownBy(none::typeface)
                .isInstanceOfSatisfying(
                        PaperException.class,
                        e -> assertThat(e.code()).isEqualTo(PaperError.PAPER_FONT_MISSING));
    }

    @Test
    void linesBreakWhereChineseAndEnglishDo() throws IOException {
        try (Paper paper = new Paper(Typeface.open(trueType()), Locale.ENGLISH, "Test")) {
            Paper.Style style = Paper.Style.of(10);
            List<String> lines = paper.lines("one two three\nfour", style, 40);
            assertThat(lines).containsExactly("one two", "three", "four");
            assertThat(paper.lines("W".repeat(500), style, 100))
                    .allMatch(l -> paper.width(l, style) <= 100)
                    .hasSizeGreaterThan(10);
        }
    }
}
