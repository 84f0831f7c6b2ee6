package cn.tiaoxi.platform;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;

/** Made-up residents. */
public final class Residents {
    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    private static final String CHECK_DIGITS = "10X98765432";
    private static final String FAMILY_NAMES = "王李张刘陈杨赵黄周吴";
    private static final String GIVEN_NAMES = "伟芳娜敏静强磊军洋艳";

    private Residents() {}

    /** An identifier with its right check digit (GB 11643), another for each number. */
    public static String identifier(int number) {
        LocalDate born = LocalDate.of(1950, 1, 1).plusDays(number * 37L % 20_000);
        String digits =
                "330502"
                        + DateTimeFormatter.BASIC_ISO_DATE.format(born)
                        + String.format(java.util.Locale.ROOT, "%03d", number % 1000);
        int sum = 0;
        for (int i = 0; i < WEIGHTS.length; i++) {
            sum += WEIGHTS[i] * (digits.charAt(i) - '0');
        }
        return digits + CHECK_DIGITS.charAt(sum % 11);
    }

    /** A name of two characters. */
    public static String name(int number) {
        return FAMILY_NAMES.charAt(number % 10) + "" + GIVEN_NAMES.charAt(number / 10 % 10);
    }
}
