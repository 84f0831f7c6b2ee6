package cn.tiaoxi.lake.source;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** The encodings that text may have. */
public enum TextEncoding {
    UTF_8(StandardCharsets.UTF_8, 0),
    UTF_8_BOM(StandardCharsets.UTF_8, 3),
    UTF_16LE(StandardCharsets.UTF_16LE, 0),
    UTF_16LE_BOM(StandardCharsets.UTF_16LE, 2),
    UTF_16BE(StandardCharsets.UTF_16BE, 0),
    UTF_16BE_BOM(StandardCharsets.UTF_16BE, 2),
    GB18030(Charset.forName("GB18030"), 0);

    private final Charset charset;
    private final int markLength;

    TextEncoding(Charset charset, int markLength) {
        this.charset = charset;
        this.markLength = markLength;
    }

    /** The encoding in Java's terms. */
    public Charset charset() {
        return charset;
    }

    /** Bytes of the byte order mark at the file's beginning. */
    int markLength() {
        return markLength;
    }

    boolean isUtf8() {
        return this == UTF_8 || this == UTF_8_BOM;
    }
}
