package cn.tiaoxi.platform.paper;

import java.awt.geom.AffineTransform;
import java.awt.geom.GeneralPath;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.fontbox.cff.CFFFont;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.GlyphData;
import org.apache.fontbox.ttf.OTFParser;
import org.apache.fontbox.ttf.OpenTypeFont;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeCollection;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBufferedFile;

/**
 * The letters of a font file: TrueType or PostScript outlines, alone or in a collection. Lengths
 * are in thousandths of the size of the text. May be used by several threads.
 */
final class Typeface {
    private static final List<String> SIMPLIFIED = List.of("sc-", "cn-", "hanssc", "hanscn");

    private final TrueTypeFont font;
    private final CmapLookup characters;
    private final double scale;
    private final String name;
    private final double ascent;
    private final double descent;

    private Typeface(TrueTypeFont font) throws IOException {
        this.font = font;
        this.characters = font.getUnicodeCmapLookup();
        this.scale = 1000.0 / font.getUnitsPerEm();
        this.name = font.getName().replaceAll("[^A-Za-z0-9-]", "");
        this.ascent = font.getHorizontalHeader().getAscender() * scale;
        this.descent = font.getHorizontalHeader().getDescender() * scale;
    }

    /**
     * Opens a font file; of a collection the face for simplified Chinese, else its first.
     *
     * @throws IOException if it is no font file, or has no outlines
     */
    static Typeface open(Path file) throws IOException {
        return new Typeface(
                file.toString().toLowerCase(Locale.ROOT).endsWith(".ttc")
                        ? ofCollection(file.toFile())
                        : alone(file.toFile()));
    }

    private static TrueTypeFont ofCollection(File file) throws IOException {
        List<String> names = new ArrayList<>();
        TrueTypeCollection.processAllFontHeaders(file, h -> names.add(h.getName()));
        String chosen =
                names.stream()
                        .filter(n -> SIMPLIFIED.stream().anyMatch(lower(n)::contains))
                        .findFirst()
                        .orElseGet(names::getFirst);
        // The face reads from the collection as long as it is used, so that both stay open.
        TrueTypeCollection collection = new TrueTypeCollection(file);
        return collection.getFontByName(chosen);
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private static TrueTypeFont alone(File file) throws IOException {
        RandomAccessReadBufferedFile content = new RandomAccessReadBufferedFile(file);
        return lower(file.getName()).endsWith(".otf")
                ? new OTFParser().parse(content)
                : new TTFParser().parse(content);
    }

    /** As PDF names it. */
    String name() {
        return name;
    }

    double ascent() {
        return ascent;
    }

    double descent() {
        return descent;
    }

    /** The glyph of a character, 0 where the font lacks it. */
    synchronized int glyph(int character) {
        return characters.getGlyphId(character);
    }

    synchronized double advance(int glyph) {
        try {
            return font.getAdvanceWidth(glyph) * scale;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The outline of a glyph; empty for blanks. */
    synchronized GeneralPath outline(int glyph) {
        try {
            GeneralPath path = new GeneralPath(path(glyph));
            path.transform(AffineTransform.getScaleInstance(scale, scale));
            return path;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private GeneralPath path(int glyph) throws IOException {
        if (font instanceof OpenTypeFont open && open.isPostScript()) {
            CFFFont outlines = open.getCFF().getFont();
            return outlines.getType2CharString(outlines.getCharset().getCIDForGID(glyph)).getPath();
        }
        GlyphData data = font.getGlyph().getGlyph(glyph);
        return data == null ? new GeneralPath() : data.getPath();
    }
}
