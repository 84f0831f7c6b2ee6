package cn.tiaoxi.lake.source;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.BitSet;

/** The Chinese characters of GB/T 2312, which nearly all text is written with. */
final class CommonCharacters {
    private static final BitSet CHARACTERS = new BitSet(1 << 16);

    static {
        Charset gb2312 = Charset.forName("GB2312");
        for (int lead = 0xb0; lead <= 0xf7; lead++) {
            for (int trail = 0xa1; trail <= 0xfe; trail++) {
                CharSequence text =
                        gb2312.decode(ByteBuffer.wrap(new byte[] {(byte) lead, (byte) trail}));
                if (text.length() == 1 && text.charAt(0) != '\ufffd') {
                    CHARACTERS.set(text.charAt(0));
                }
            }
        }
    }

    private CommonCharacters() {}

    static boolean contains(char c) {
        return CHARACTERS.get(c);
    }
}
