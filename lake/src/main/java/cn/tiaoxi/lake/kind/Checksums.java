package cn.tiaoxi.lake.kind;

import java.time.DateTimeException;
import java.time.LocalDate;

/**
 * Check digits of Chinese identifiers. Each method takes the whole identifier in upper case or
 * lower case.
 */
public final class Checksums {
    private static final int[] RESIDENT_WEIGHTS = {
        7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2
    };
    private static final String RESIDENT_CHECKS = "10X98765432";
    private static final String CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private static final int[] CREDIT_WEIGHTS = {
        1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28
    };
    private static final int[] ORGANISATION_WEIGHTS = {3, 7, 9, 10, 5, 8, 4, 2};
    private static final String LICENCE_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final String LICENCE_PREFIX = "1.2.156.3005.2.";

    private Checksums() {}

    /**
     * Resident ID number (GB 11643): 18 characters, a date that exists, the right check character.
     */
    public static boolean residentId(String value) {
        if (value.length() != 18) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < 17; i++) {
            char c = value.charAt(i);
            if (c < '0' || c > '9') {
                return false;
            }
            sum += RESIDENT_WEIGHTS[i] * (c - '0');
        }
        return RESIDENT_CHECKS.charAt(sum % 11) == Character.toUpperCase(value.charAt(17))
                && isDay(value.substring(6, 14));
    }

    private static boolean isDay(String digits) {
        try {
            int year = Integer.parseInt(digits.substring(0, 4));
            LocalDate.of(
                    year,
                    Integer.parseInt(digits.substring(4, 6)),
                    Integer.parseInt(digits.substring(6, 8)));
            return year >= 1850;
        } catch (DateTimeException e) {
            return false;
        }
    }

    /**
     * Unified social credit code (GB 32100), its organisation code (positions 9 to 17) checked too.
     */
    public static boolean socialCreditCode(String value) {
        if (value.length() != 18) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < 18; i++) {
            int index = CREDIT_ALPHABET.indexOf(Character.toUpperCase(value.charAt(i)));
            if (index < 0) {
                return false;
            }
            if (i < 17) {
                sum += CREDIT_WEIGHTS[i] * index;
            } else if (index != (31 - sum % 31) % 31) {
                return false;
            }
        }
        return organisationCode(value.substring(8, 17));
    }

    /** Organisation code (GB 11714): eight characters and a check character. */
    public static boolean organisationCode(String value) {
        if (value.length() != 9) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < 8; i++) {
            int index = LICENCE_ALPHABET.indexOf(Character.toUpperCase(value.charAt(i)));
            if (index < 0) {
                return false;
            }
            sum += ORGANISATION_WEIGHTS[i] * index;
        }
        int check = 11 - sum % 11;
        char expected = check == 10 ? 'X' : check == 11 ? '0' : (char) ('0' + check);
        return Character.toUpperCase(value.charAt(8)) == expected;
    }

    /** Luhn's formula over digits. */
    public static boolean luhn(String value) {
        int sum = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(value.length() - 1 - i);
            if (c < '0' || c > '9') {
                return false;
            }
            int digit = (c - '0') * (1 + i % 2);
            sum += digit > 9 ? digit - 9 : digit;
        }
        return !value.isEmpty() && sum % 10 == 0;
    }

    /**
     * Electronic licence identifier (GB/T 36904): ISO 7064 MOD 37,36 over its segments without
     * dots.
     */
    public static boolean licenceId(String value) {
        if (!value.startsWith(LICENCE_PREFIX) || value.length() < LICENCE_PREFIX.length() + 4) {
            return false;
        }
        int p = 36;
        int last = value.length() - 1;
        for (int i = LICENCE_PREFIX.length(); i < last - 1; i++) {
            char c = Character.toUpperCase(value.charAt(i));
            if (c == '.') {
                continue;
            }
            int index = LICENCE_ALPHABET.indexOf(c);
            if (index < 0) {
                return false;
            }
            int v = (p + index) % 36;
            p = 2 * (v == 0 ? 36 : v) % 37;
        }
        return LICENCE_ALPHABET.indexOf(Character.toUpperCase(value.charAt(last))) == (37 - p) % 36;
    }
}
