package cn.tiaoxi.platform.paper;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSInteger;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.common.PDStream;

/**
 * The characters of one document, numbered as they come, and the font that it carries: only these
 * characters, with the table by which readers copy and search text.
 */
final class EmbeddedFont {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    /** Six letters before the name tell that it is part of a font. */
    private static final String TAG = "TIAOXI+";

    private static final int AT_ONCE = 100;

    private final Typeface typeface;
    private final Map<Integer, Integer> numbers = new LinkedHashMap<>();

    EmbeddedFont(Typeface typeface) {
        this.typeface = typeface;
    }

    /** The text as a page names it. */
    String encoded(String text) {
        StringBuilder hex = new StringBuilder("<");
        text.codePoints()
                .forEach(
                        c -> {
                            int number = numbers.computeIfAbsent(c, k -> numbers.size() + 1);
                            HEX.toHexDigits(hex, (byte) (number >> 8));
                            HEX.toHexDigits(hex, (byte) number);
                        });
        return hex.append('>').toString();
    }

    /** How long the text is, in the unit of the size. */
    double width(String text, double size) {
        return text.codePoints().mapToDouble(c -> typeface.advance(typeface.glyph(c))).sum()
                * size
                / 1000;
    }

    /** The font with all characters that were named. */
    COSDictionary dictionary(PDDocument document) throws IOException {
        String name = TAG + typeface.name();
        COSArray descendants = new COSArray();
        descendants.add(descendant(document, name));
        COSDictionary font = new COSDictionary();
        font.setItem(COSName.TYPE, COSName.FONT);
        font.setItem(COSName.SUBTYPE, COSName.TYPE0);
        font.setName(COSName.BASE_FONT, name);
        font.setName(COSName.ENCODING, "Identity-H");
        font.setItem(COSName.DESCENDANT_FONTS, descendants);
        font.setItem(COSName.TO_UNICODE, stream(document, unicode()));
        return font;
    }

    private COSDictionary descendant(PDDocument document, String name) throws IOException {
        COSDictionary system = new COSDictionary();
        system.setString(COSName.REGISTRY, "Adobe");
        system.setString(COSName.ORDERING, "Identity");
        system.setInt(COSName.SUPPLEMENT, 0);
        COSDictionary font = new COSDictionary();
        font.setItem(COSName.TYPE, COSName.FONT);
        font.setItem(COSName.SUBTYPE, COSName.CID_FONT_TYPE0);
        font.setName(COSName.BASE_FONT, name);
        font.setItem(COSName.CIDSYSTEMINFO, system);
        font.setItem(COSName.FONT_DESC, descriptor(document, name));
        font.setInt(COSName.DW, 1000);
        font.setItem(COSName.W, widths());
        return font;
    }

    private COSArray widths() {
        COSArray each = new COSArray();
        numbers.keySet()
                .forEach(
                        c ->
                                each.add(
                                        COSInteger.get(
                                                Math.round(typeface.advance(typeface.glyph(c))))));
        COSArray all = new COSArray();
        all.add(COSInteger.ONE);
        all.add(each);
        return all;
    }

    private COSDictionary descriptor(PDDocument document, String name) throws IOException {
        int ascent = (int) Math.round(typeface.ascent());
        int descent = (int) Math.round(typeface.descent());
        COSArray box = new COSArray();
        for (int each : new int[] {-1000, descent, 2000, ascent}) {
            box.add(COSInteger.get(each));
        }
        COSDictionary program = stream(document, CompactFont.of(name, glyphs()));
        program.setName(COSName.SUBTYPE, "CIDFontType0C");
        COSDictionary descriptor = new COSDictionary();
        descriptor.setItem(COSName.TYPE, COSName.FONT_DESC);
        descriptor.setName(COSName.FONT_NAME, name);
        descriptor.setInt(COSName.FLAGS, 4);
        descriptor.setItem(COSName.FONT_BBOX, box);
        descriptor.setInt(COSName.ITALIC_ANGLE, 0);
        descriptor.setInt(COSName.ASCENT, ascent);
        descriptor.setInt(COSName.DESCENT, descent);
        descriptor.setInt(COSName.CAP_HEIGHT, ascent);
        descriptor.setInt(COSName.STEM_V, 80);
        descriptor.setItem(COSName.FONT_FILE3, program);
        return descriptor;
    }

    private List<CompactFont.Glyph> glyphs() {
        List<CompactFont.Glyph> glyphs = new ArrayList<>();
        glyphs.add(glyph(0));
        numbers.keySet().forEach(c -> glyphs.add(glyph(typeface.glyph(c))));
        return glyphs;
    }

    private CompactFont.Glyph glyph(int number) {
        return new CompactFont.Glyph(
                typeface.advance(number), typeface.outline(number).getPathIterator(null));
    }

    private byte[] unicode() {
        StringBuilder map =
                new StringBuilder(
                        """
                        /CIDInit /ProcSet findresource begin
                        12 dict begin
                        begincmap
                        /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
                        /CMapName /Adobe-Identity-UCS def
                        /CMapType 2 def
                        1 begincodespacerange
                        <0000> <FFFF>
                        endcodespacerange
                        """);
        List<Map.Entry<Integer, Integer>> all = new ArrayList<>(numbers.entrySet());
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            List<Map.Entry<Integer, Integer>> part =
                    all.subList(from, Math.min(all.size(), from + AT_ONCE));
            map.append(part.size()).append(" beginbfchar\n");
            part.forEach(e -> map.append(line(e.getValue(), e.getKey())));
            map.append("endbfchar\n");
        }
        map.append("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
        return map.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static String line(int number, int character) {
        byte[] text = Character.toString(character).getBytes(StandardCharsets.UTF_16BE);
        return "<%04X> <%s>\n".formatted(number, HEX.formatHex(text)).toUpperCase(Locale.ROOT);
    }

    private static COSDictionary stream(PDDocument document, byte[] content) throws IOException {
        return new PDStream(document, new ByteArrayInputStream(content), COSName.FLATE_DECODE)
                .getCOSObject();
    }
}
