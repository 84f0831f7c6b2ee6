package cn.tiaoxi.lake.source;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/** The words for true and false. */
final class Truth {
    private static final Set<String> TRUE =
            Set.of("true", "t", "yes", "y", "1", "是", "真", "有", "１");
    private static final Set<String> FALSE =
            Set.of("false", "f", "no", "n", "0", "否", "假", "无", "０");

    private Truth() {}

    /** 1, 0, or -1 for neither. */
    static int of(byte[] bytes, int from, int to) {
        int length = to - from;
        if (length == 1 && (bytes[from] == '1' || bytes[from] == '0')) {
            return bytes[from] - '0';
        }
        if (length > 12) {
            return -1;
        }
        String word =
                new String(bytes, from, length, StandardCharsets.UTF_8)
                        .strip()
                        .toLowerCase(Locale.ROOT);
        return TRUE.contains(word) ? 1 : FALSE.contains(word) ? 0 : -1;
    }

    /** Whether a word means true or false and nothing else: not a digit, not 有 or 无. */
    static boolean isPlain(String word) {
        String lower = word.strip().toLowerCase(Locale.ROOT);
        return Set.of("true", "false", "yes", "no", "y", "n", "是", "否", "真", "假").contains(lower);
    }
}
