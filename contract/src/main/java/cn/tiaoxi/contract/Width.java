package cn.tiaoxi.contract;

import java.util.Optional;

/**
 * The two widths of digits and round brackets in running Chinese text: {@code 凤凰路12号} and {@code
 * 凤凰路１２号} mean the same (Unicode NFKC). Text without a Chinese character is left alone, since it
 * may be an identifier that programs compare.
 */
public enum Width {
    HALF,
    FULL;

    private static final int APART = 'Ａ' - 'A';

    /** Whether a text is Chinese and has digits or round brackets. */
    public static boolean concerns(String text) {
        return seen(text) != 0;
    }

    /** The text with all its digits and round brackets in this width. */
    public String write(String text) {
        StringBuilder written = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char half = half(text.charAt(i));
            if (this == FULL && counts(half)) {
                written.append((char) (half + APART));
            } else if (counts(half)) {
                written.append(half);
            } else {
                written.append(text.charAt(i));
            }
        }
        return written.toString();
    }

    /**
     * The width of a text; empty where it has no digit or bracket, both widths, or is no Chinese.
     */
    public static Optional<Width> of(String text) {
        int seen = seen(text);
        return switch (seen) {
            case 1 -> Optional.of(HALF);
            case 2 -> Optional.of(FULL);
            default -> Optional.empty();
        };
    }

    /** 1 for half, 2 for full, 3 for both, 0 for neither or no Chinese. */
    private static int seen(String text) {
        int seen = 0;
        boolean chinese = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            chinese |= Character.isIdeographic(c);
            if (counts(half(c))) {
                seen |= half(c) == c ? 1 : 2;
            }
        }
        return chinese ? seen : 0;
    }

    private static char half(char c) {
        return counts((char) (c - APART)) ? (char) (c - APART) : c;
    }

    private static boolean counts(char half) {
        return half >= '0' && half <= '9' || half == '(' || half == ')';
    }
}
