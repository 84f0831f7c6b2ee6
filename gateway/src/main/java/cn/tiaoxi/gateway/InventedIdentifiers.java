package cn.tiaoxi.gateway;

import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * Identifiers that are well formed and belong to nobody: their county code ends in 90 to 99, which
 * GB/T 2260 has issued to no county.
 */
final class InventedIdentifiers {
    private static final Pattern RESIDENT = Pattern.compile("\\d{17}[0-9X]");
    private static final int[] RESIDENT_WEIGHTS = {
        7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2
    };
    private static final String RESIDENT_CHECKS = "10X98765432";

    private static final String CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private static final Pattern CREDIT = Pattern.compile("[" + CREDIT_ALPHABET + "]{18}");
    private static final int[] CREDIT_WEIGHTS = {
        1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28
    };
    private static final int[] ORGANISATION_WEIGHTS = {3, 7, 9, 10, 5, 8, 4, 2};

    private InventedIdentifiers() {}

    /**
     * An identifier like a real one: of the same prefecture, a person's with the same birthday and
     * sex.
     *
     * @param kind what sort of identifier it is
     * @param real in one spelling
     * @return nothing if the kind has no such codes, or the real one is not well formed
     */
    static Optional<String> like(String kind, String real, RandomGenerator random) {
        return switch (kind) {
            case "resident-id" -> of(RESIDENT, real).map(r -> resident(r, random));
            case "uscc" -> of(CREDIT, real).map(r -> credit(r, random));
            default -> Optional.empty();
        };
    }

    private static Optional<String> of(Pattern shape, String real) {
        return shape.matcher(real).matches() ? Optional.of(real) : Optional.empty();
    }

    /** GB 11643: division, birthday, serial whose last digit is odd for men, check character. */
    private static String resident(String real, RandomGenerator random) {
        int serial = 2 * random.nextInt(500) + real.charAt(16) % 2;
        String body =
                real.substring(0, 4)
                        + (90 + random.nextInt(10))
                        + real.substring(6, 14)
                        + String.format(Locale.ROOT, "%03d", serial);
        int sum = 0;
        for (int i = 0; i < RESIDENT_WEIGHTS.length; i++) {
            sum += RESIDENT_WEIGHTS[i] * (body.charAt(i) - '0');
        }
        return body + RESIDENT_CHECKS.charAt(sum % 11);
    }

    /** GB 32100: authority and type, division, organisation code (GB 11714), check character. */
    private static String credit(String real, RandomGenerator random) {
        StringBuilder code = new StringBuilder(real.substring(0, 4));
        code.append(real, 4, 6).append(90 + random.nextInt(10));
        code.append(real, 8, 10);
        for (int i = 0; i < 6; i++) {
            code.append(CREDIT_ALPHABET.charAt(random.nextInt(CREDIT_ALPHABET.length())));
        }
        int sum = 0;
        for (int i = 0; i < ORGANISATION_WEIGHTS.length; i++) {
            sum += ORGANISATION_WEIGHTS[i] * Character.getNumericValue(code.charAt(8 + i));
        }
        code.append("0123456789X".charAt((11 - sum % 11) % 11));
        sum = 0;
        for (int i = 0; i < CREDIT_WEIGHTS.length; i++) {
            sum += CREDIT_WEIGHTS[i] * CREDIT_ALPHABET.indexOf(code.charAt(i));
        }
        return code.append(CREDIT_ALPHABET.charAt((31 - sum % 31) % 31)).toString();
    }
}
