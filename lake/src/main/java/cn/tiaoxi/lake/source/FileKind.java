package cn.tiaoxi.lake.source;

import cn.tiaoxi.lake.ErrorCode;
import cn.tiaoxi.lake.LakeException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Tells what a file is by its content, and refuses what holds no table. */
enum FileKind {
    TEXT,
    WORKBOOK,
    PARQUET;

    private static final int HEAD = 1 << 16;

    static FileKind of(Path file) throws IOException {
        byte[] head;
        try (InputStream in = Files.newInputStream(file)) {
            head = in.readNBytes(HEAD);
        }
        if (head.length == 0) {
            throw new LakeException(ErrorCode.FILE_EMPTY);
        }
        if (startsWith(head, 'P', 'K', 3, 4) || startsWith(head, 'P', 'K', 5, 6)) {
            return workbook(file);
        }
        if (startsWith(head, 'P', 'A', 'R', '1')) {
            return PARQUET;
        }
        if (startsWith(head, 'P', 'A', 'R', 'E')) {
            throw new LakeException(ErrorCode.FILE_ENCRYPTED);
        }
        if (startsWith(head, 0xd0, 0xcf, 0x11, 0xe0)) {
            throw oldOffice(file);
        }
        refuseOthers(head);
        return TEXT;
    }

    private static FileKind workbook(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            if (zip.getEntry("xl/workbook.xml") == null) {
                throw new LakeException(ErrorCode.FILE_NOT_A_TABLE, "ZIP");
            }
        } catch (ZipException e) {
            throw new LakeException(e, ErrorCode.WORKBOOK_BROKEN);
        }
        WorkbookGuard.check(file);
        return WORKBOOK;
    }

    /**
     * Old workbooks and encrypted new ones share a container; the latter name a part of theirs so.
     */
    private static LakeException oldOffice(Path file) throws IOException {
        String encrypted = "EncryptedPackage";
        byte[] name = encrypted.getBytes(StandardCharsets.UTF_16LE);
        try (InputStream in = Files.newInputStream(file)) {
            byte[] block = new byte[1 << 20];
            int kept = 0;
            int read;
            while ((read = in.readNBytes(block, kept, block.length - kept)) > 0) {
                if (indexOf(block, kept + read, name) >= 0) {
                    return new LakeException(ErrorCode.FILE_ENCRYPTED);
                }
                int end = kept + read;
                kept = Math.min(name.length, end);
                System.arraycopy(block, end - kept, block, 0, kept);
            }
        }
        return new LakeException(ErrorCode.FILE_OLD_EXCEL);
    }

    private static int indexOf(byte[] bytes, int length, byte[] wanted) {
        for (int i = 0; i + wanted.length <= length; i++) {
            int k = 0;
            while (k < wanted.length && bytes[i + k] == wanted[k]) {
                k++;
            }
            if (k == wanted.length) {
                return i;
            }
        }
        return -1;
    }

    private static void refuseOthers(byte[] head) {
        String start =
                new String(head, 0, Math.min(head.length, 512), StandardCharsets.ISO_8859_1)
                        .stripLeading()
                        .toLowerCase(Locale.ROOT);
        if (start.startsWith("ï»¿")) {
            start = start.substring(3).stripLeading();
        }
        if (start.startsWith("<!doctype")
                || start.startsWith("<html")
                || start.startsWith("<table")
                || start.startsWith("<?xml")) {
            throw new LakeException(ErrorCode.FILE_WEB_PAGE);
        }
        if (start.startsWith("[{") || start.matches("(?s)\\[\\s*\\{.*")) {
            throw new LakeException(ErrorCode.FILE_JSON_DOCUMENT);
        }
        String name = signature(head);
        if (!name.isEmpty()) {
            throw new LakeException(ErrorCode.FILE_NOT_A_TABLE, name);
        }
    }

    private static String signature(byte[] head) {
        if (startsWith(head, '%', 'P', 'D', 'F')) {
            return "PDF";
        } else if (startsWith(head, 0x1f, 0x8b)) {
            return "GZIP";
        } else if (startsWith(head, '7', 'z', 0xbc, 0xaf)) {
            return "7-Zip";
        } else if (startsWith(head, 'R', 'a', 'r', '!')) {
            return "RAR";
        } else if (startsWith(head, 0x89, 'P', 'N', 'G')) {
            return "PNG";
        } else if (startsWith(head, 0xff, 0xd8, 0xff)) {
            return "JPEG";
        } else if (startsWith(head, 0x28, 0xb5, 0x2f, 0xfd)) {
            return "Zstandard";
        } else if (startsWith(head, 0x7f, 'E', 'L', 'F')) {
            return "ELF";
        } else if (startsWith(head, 'S', 'Q', 'L', 'i', 't', 'e')) {
            return "SQLite";
        }
        return "";
    }

    private static boolean startsWith(byte[] bytes, int... start) {
        if (bytes.length < start.length) {
            return false;
        }
        for (int i = 0; i < start.length; i++) {
            if ((bytes[i] & 0xff) != start[i]) {
                return false;
            }
        }
        return true;
    }
}
