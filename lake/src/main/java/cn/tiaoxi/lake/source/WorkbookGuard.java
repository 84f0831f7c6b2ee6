package cn.tiaoxi.lake.source;

import cn.tiaoxi.lake.ErrorCode;
import cn.tiaoxi.lake.LakeException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Refuses workbooks that unpack to far more than they are. It unpacks every part once and counts,
 * because the sizes that an archive states may lie. Archives inside the archive are counted but
 * never opened.
 */
final class WorkbookGuard {
    private static final int MAX_ENTRIES = 10_000;
    private static final long MAX_ENTRY = 4L << 30;
    private static final long MAX_TOTAL = 6L << 30;

    /** The table of texts is held in memory while a sheet is read. */
    private static final long MAX_TEXTS = 160L << 20;

    private static final long FREE = 32L << 20;
    private static final int MAX_RATIO = 150;

    private WorkbookGuard() {}

    static void check(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            if (zip.size() > MAX_ENTRIES) {
                throw new LakeException(ErrorCode.WORKBOOK_TOO_LARGE, zip.size(), MAX_ENTRIES);
            }
            long total = 0;
            byte[] buffer = new byte[1 << 16];
            for (Enumeration<? extends ZipEntry> entries = zip.entries();
                    entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                total += unpackedSize(zip, entry, total, buffer);
            }
        } catch (ZipException e) {
            throw new LakeException(e, ErrorCode.WORKBOOK_BROKEN);
        }
    }

    private static long unpackedSize(ZipFile zip, ZipEntry entry, long before, byte[] buffer)
            throws IOException {
        boolean texts = entry.getName().toLowerCase(Locale.ROOT).endsWith("sharedstrings.xml");
        long most = Math.min(texts ? MAX_TEXTS : MAX_ENTRY, MAX_TOTAL - before);
        long packed = Math.max(1, entry.getCompressedSize());
        long size = 0;
        try (InputStream in = zip.getInputStream(entry)) {
            int read;
            while ((read = in.read(buffer)) >= 0) {
                size += read;
                if (size > most || (size > FREE && size / packed > MAX_RATIO)) {
                    throw new LakeException(ErrorCode.WORKBOOK_TOO_LARGE, size >> 20, packed >> 10);
                }
            }
        }
        return size;
    }
}
