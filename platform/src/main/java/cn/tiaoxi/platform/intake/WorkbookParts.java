package cn.tiaoxi.platform.intake;

import cn.tiaoxi.lake.ErrorCode;
import cn.tiaoxi.lake.LakeException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads of a workbook what the reader of rows does not tell: which cells of a sheet are merged. In
 * the file it stands behind the rows, so the sheet is walked through once.
 */
final class WorkbookParts {
    private static final int MOST_MERGED = 200_000;
    private static final XMLInputFactory XML = factory();

    private WorkbookParts() {}

    /** A range of merged cells; rows as people count them, columns from 0. */
    record Merged(int top, int left, int bottom, int right) {}

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }

    /** The merged ranges of a sheet, in the file's order. */
    static List<Merged> merged(Path file, String sheet) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            String part = part(zip, sheet);
            ZipEntry entry = part == null ? null : zip.getEntry(part);
            return entry == null ? List.of() : merged(zip, entry);
        } catch (XMLStreamException e) {
            throw new LakeException(e, ErrorCode.WORKBOOK_BROKEN);
        }
    }

    private static List<Merged> merged(ZipFile zip, ZipEntry entry)
            throws IOException, XMLStreamException {
        List<Merged> all = new ArrayList<>();
        try (InputStream in = zip.getInputStream(entry)) {
            XMLStreamReader reader = XML.createXMLStreamReader(in);
            while (reader.hasNext() && all.size() < MOST_MERGED) {
                if (reader.next() == XMLStreamConstants.START_ELEMENT
                        && reader.getLocalName().equals("mergeCell")) {
                    Merged range = range(reader.getAttributeValue(null, "ref"));
                    if (range != null) {
                        all.add(range);
                    }
                }
            }
        }
        return all;
    }

    /** The part of the archive that holds a sheet. */
    private static @Nullable String part(ZipFile zip, String sheet)
            throws IOException, XMLStreamException {
        String id = null;
        for (Map<String, String> each : elements(zip, "xl/workbook.xml", "sheet")) {
            if (sheet.equals(each.get("name"))) {
                id = each.get("id");
            }
        }
        for (Map<String, String> each :
                elements(zip, "xl/_rels/workbook.xml.rels", "Relationship")) {
            if (Objects.equals(id, each.get("Id")) && each.get("Target") != null) {
                String target = each.get("Target");
                return target.startsWith("/") ? target.substring(1) : "xl/" + target;
            }
        }
        return null;
    }

    private static List<Map<String, String>> elements(ZipFile zip, String part, String name)
            throws IOException, XMLStreamException {
        ZipEntry entry = zip.getEntry(part);
        List<Map<String, String>> all = new ArrayList<>();
        if (entry == null) {
            return all;
        }
        try (InputStream in = zip.getInputStream(entry)) {
            XMLStreamReader reader = XML.createXMLStreamReader(in);
            while (reader.hasNext()) {
                if (reader.next() == XMLStreamConstants.START_ELEMENT
                        && reader.getLocalName().equals(name)) {
                    Map<String, String> attributes = new HashMap<>();
                    for (int i = 0; i < reader.getAttributeCount(); i++) {
                        attributes.put(
                                reader.getAttributeLocalName(i), reader.getAttributeValue(i));
                    }
                    all.add(attributes);
                }
            }
        }
        return all;
    }

    /** A range written as {@code B2:C5}, or null if it is none or one cell. */
    static @Nullable Merged range(@Nullable String text) {
        if (text == null || !text.matches("[A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7}")) {
            return null;
        }
        int colon = text.indexOf(':');
        int[] first = place(text.substring(0, colon));
        int[] last = place(text.substring(colon + 1));
        return new Merged(first[0], first[1], last[0], last[1]);
    }

    private static int[] place(String text) {
        int column = 0;
        int i = 0;
        while (Character.isLetter(text.charAt(i))) {
            column = column * 26 + text.charAt(i) - 'A' + 1;
            i++;
        }
        return new int[] {Integer.parseInt(text.substring(i)), column - 1};
    }
}
