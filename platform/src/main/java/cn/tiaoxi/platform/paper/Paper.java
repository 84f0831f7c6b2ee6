package cn.tiaoxi.platform.paper;

import com.ibm.icu.text.BreakIterator;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.apache.pdfbox.pdmodel.interactive.action.PDActionURI;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationLink;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDBorderStyleDictionary;

/**
 * Sheets of A4 to draw on, which become a PDF. Places are in points (1/72 inch) from the upper left
 * corner; a text stands on its base line. Not for several threads.
 */
public final class Paper implements Closeable {
    public static final double WIDTH = 595.28;
    public static final double HEIGHT = 841.89;
    private static final String FONT = "F";

    /** A colour as red, green and blue, 0 to 1. */
    public record Colour(double red, double green, double blue) {
        public static final Colour TEXT = new Colour(0.13, 0.15, 0.18);
        public static final Colour SOFT = new Colour(0.38, 0.41, 0.46);
        public static final Colour LINE = new Colour(0.82, 0.84, 0.87);
        public static final Colour FAINT = new Colour(0.95, 0.96, 0.97);
        public static final Colour BLUE = new Colour(0.12, 0.36, 0.72);
        public static final Colour GREY = new Colour(0.6, 0.63, 0.68);
        public static final Colour RED = new Colour(0.75, 0.16, 0.14);

        private String as(String operator) {
            return "%s %s %s %s\n".formatted(at(red), at(green), at(blue), operator);
        }
    }

    /** How a text looks. */
    public record Style(double size, boolean bold, Colour colour) {
        public static Style of(double size) {
            return new Style(size, false, Colour.TEXT);
        }

        public Style strong() {
            return new Style(size, true, colour);
        }

        public Style in(Colour other) {
            return new Style(size, bold, other);
        }
    }

    private final PDDocument document = new PDDocument();
    private final EmbeddedFont font;
    private final BreakIterator breaks;
    private final List<StringBuilder> contents = new ArrayList<>();
    private final List<PDPage> pages = new ArrayList<>();
    private StringBuilder content = new StringBuilder();
    private int sheet;

    Paper(Typeface typeface, Locale language, String title) {
        this.font = new EmbeddedFont(typeface);
        this.breaks = BreakIterator.getLineInstance(language);
        PDDocumentInformation information = new PDDocumentInformation();
        information.setTitle(title);
        document.setDocumentInformation(information);
        document.getDocumentCatalog().setLanguage(language.toLanguageTag());
    }

    /** Goes on with a new sheet. */
    public void sheet() {
        PDPage page = new PDPage(PDRectangle.A4);
        document.addPage(page);
        pages.add(page);
        content = new StringBuilder();
        contents.add(content);
        sheet = contents.size() - 1;
    }

    public int sheets() {
        return pages.size();
    }

    /** Goes back to a sheet, counted from 0, to add to it. */
    public void turnTo(int wanted) {
        sheet = wanted;
        content = contents.get(wanted);
    }

    public double width(String text, Style style) {
        return font.width(text, style.size());
    }

    /** Writes one line. Bold letters are those of the font with a thin line around them. */
    public void text(double x, double y, Style style, String text) {
        String shown = visible(text);
        content.append(style.colour().as("rg"));
        if (style.bold()) {
            content.append(style.colour().as("RG"))
                    .append(at(style.size() * 0.032))
                    .append(" w 2 Tr\n");
        }
        content.append("BT /%s %s Tf ".formatted(FONT, at(style.size())))
                .append("%s %s Td ".formatted(at(x), at(HEIGHT - y)))
                .append(font.encoded(shown))
                .append(" Tj ET\n");
        if (style.bold()) {
            content.append("0 Tr\n");
        }
    }

    /** Writes one line that ends there. */
    public void textBefore(double right, double y, Style style, String text) {
        text(right - width(visible(text), style), y, style, text);
    }

    /** Writes one line around that place. */
    public void textAround(double centre, double y, Style style, String text) {
        text(centre - width(visible(text), style) / 2, y, style, text);
    }

    private static String visible(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }

    /** Breaks a text into lines that are no wider, by the rules of UAX 14. */
    public List<String> lines(String text, Style style, double widest) {
        List<String> lines = new ArrayList<>();
        for (String paragraph : text.split("\\R", -1)) {
            StringBuilder line = new StringBuilder();
            breaks.setText(paragraph);
            int from = breaks.first();
            for (int to = breaks.next(); to != BreakIterator.DONE; to = breaks.next()) {
                add(lines, line, paragraph.substring(from, to), style, widest);
                from = to;
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private void add(
            List<String> lines, StringBuilder line, String piece, Style style, double widest) {
        if (!line.isEmpty() && width(line + piece.stripTrailing(), style) > widest) {
            lines.add(line.toString().stripTrailing());
            line.setLength(0);
        }
        if (width(piece, style) <= widest) {
            line.append(piece);
            return;
        }
        piece.codePoints()
                .mapToObj(Character::toString)
                .forEach(
                        letter -> {
                            if (!line.isEmpty() && width(line + letter, style) > widest) {
                                lines.add(line.toString());
                                line.setLength(0);
                            }
                            line.append(letter);
                        });
    }

    public void line(
            double fromX, double fromY, double toX, double toY, double thick, Colour colour) {
        path(List.of(new double[] {fromX, fromY}, new double[] {toX, toY}), thick, colour);
    }

    /** Draws through points. */
    public void path(List<double[]> points, double thick, Colour colour) {
        content.append(colour.as("RG")).append(at(thick)).append(" w 1 j\n");
        for (int i = 0; i < points.size(); i++) {
            double[] point = points.get(i);
            content.append(
                    "%s %s %s\n"
                            .formatted(at(point[0]), at(HEIGHT - point[1]), i == 0 ? "m" : "l"));
        }
        content.append("S\n");
    }

    public void box(double x, double y, double width, double height, Colour colour) {
        content.append(colour.as("rg"))
                .append(
                        "%s %s %s %s re f\n"
                                .formatted(at(x), at(HEIGHT - y - height), at(width), at(height)));
    }

    /** Makes a part of the sheet lead to an address. */
    public void link(double x, double y, double width, double height, String address) {
        PDActionURI action = new PDActionURI();
        action.setURI(address);
        PDBorderStyleDictionary border = new PDBorderStyleDictionary();
        border.setWidth(0);
        PDAnnotationLink link = new PDAnnotationLink();
        link.setAction(action);
        link.setBorderStyle(border);
        link.setRectangle(
                new PDRectangle(
                        (float) x, (float) (HEIGHT - y - height), (float) width, (float) height));
        try {
            pages.get(sheet).getAnnotations().add(link);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String at(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    /** The finished PDF. */
    public byte[] bytes() throws IOException {
        PDResources resources = new PDResources();
        COSDictionary fonts = new COSDictionary();
        fonts.setItem(COSName.getPDFName(FONT), font.dictionary(document));
        resources.getCOSObject().setItem(COSName.FONT, fonts);
        for (int i = 0; i < pages.size(); i++) {
            byte[] drawn = contents.get(i).toString().getBytes(StandardCharsets.US_ASCII);
            PDPage page = pages.get(i);
            page.setResources(resources);
            page.setContents(
                    new PDStream(document, new ByteArrayInputStream(drawn), COSName.FLATE_DECODE));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        document.save(out);
        return out.toByteArray();
    }

    @Override
    public void close() throws IOException {
        document.close();
    }
}
