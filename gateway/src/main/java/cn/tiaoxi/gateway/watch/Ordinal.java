package cn.tiaoxi.gateway.watch;

/**
 * The place of an identifier among its like, so that walking from one to the next shows as even
 * steps: a number, and the text before it that stays the same. Check characters are left out: of a
 * resident identity (GB 11643) the last, of a social credit code (GB 32100) the last two, whose
 * eight characters of the organisation before them count as digits of base 36. Of anything else it
 * is the last run of digits, at most 18.
 */
final class Ordinal {
    private static final int LONG_CODE = 18;
    private static final int MOST_DIGITS = 18;

    private Ordinal() {}

    /** The number; 0 for a text without one. */
    static long number(CharSequence text) {
        if (isResident(text)) {
            return decimal(text, 0, 17);
        }
        if (isCreditCode(text)) {
            return base36(text, 8, 16);
        }
        int to = end(text);
        return decimal(text, start(text, to), to);
    }

    /** What stands around the number, as a hash. */
    static long surroundings(CharSequence text, long seed) {
        if (isResident(text)) {
            return Hashes.mixed(seed + 1);
        }
        if (isCreditCode(text)) {
            return Hashes.of(text, 0, 8, seed + 2);
        }
        int to = end(text);
        int from = start(text, to);
        long before = Hashes.of(text, 0, from, seed + 3);
        return Hashes.of(text, to, text.length(), before);
    }

    private static boolean isResident(CharSequence text) {
        if (text.length() != LONG_CODE) {
            return false;
        }
        for (int i = 0; i < 17; i++) {
            if (!isDigit(text.charAt(i))) {
                return false;
            }
        }
        char check = text.charAt(17);
        return isDigit(check) || check == 'X' || check == 'x';
    }

    private static boolean isCreditCode(CharSequence text) {
        if (text.length() != LONG_CODE) {
            return false;
        }
        for (int i = 0; i < LONG_CODE; i++) {
            char each = text.charAt(i);
            if (!isDigit(each) && (each < 'A' || each > 'Z')) {
                return false;
            }
        }
        return true;
    }

    /** Behind the last digit. */
    private static int end(CharSequence text) {
        int to = text.length();
        while (to > 0 && !isDigit(text.charAt(to - 1))) {
            to--;
        }
        return to;
    }

    private static int start(CharSequence text, int to) {
        int from = to;
        while (from > 0 && to - from < MOST_DIGITS && isDigit(text.charAt(from - 1))) {
            from--;
        }
        return from;
    }

    private static long decimal(CharSequence text, int from, int to) {
        long number = 0;
        for (int i = from; i < to; i++) {
            number = number * 10 + (text.charAt(i) - '0');
        }
        return number;
    }

    private static long base36(CharSequence text, int from, int to) {
        long number = 0;
        for (int i = from; i < to; i++) {
            char each = text.charAt(i);
            number = number * 36 + (isDigit(each) ? each - '0' : each - 'A' + 10);
        }
        return number;
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }
}
