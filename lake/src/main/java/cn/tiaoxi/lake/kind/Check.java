package cn.tiaoxi.lake.kind;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Pattern;

/** The checks that a pattern cannot express. A kind's definition names the one that it uses. */
public enum Check {
    /** None beyond the pattern. */
    NONE {
        @Override
        Verdict apply(String value) {
            return Verdict.MATCHES;
        }
    },
    /** Resident ID number, GB 11643: the date exists and the check character is right. */
    RESIDENT_ID {
        @Override
        Verdict apply(String value) {
            return Checksums.residentId(value) ? Verdict.MATCHES : Verdict.FAILS_CHECK;
        }
    },
    /** Unified social credit code, GB 32100, with the organisation code inside it, GB 11714. */
    UNIFIED_SOCIAL_CREDIT_CODE {
        @Override
        Verdict apply(String value) {
            return Checksums.socialCreditCode(value) ? Verdict.MATCHES : Verdict.FAILS_CHECK;
        }
    },
    /** Bank card number: the digit of Luhn's formula, ISO/IEC 7812. */
    BANK_CARD {
        @Override
        Verdict apply(String value) {
            return Checksums.luhn(value) ? Verdict.MATCHES : Verdict.FAILS_CHECK;
        }
    },
    /**
     * Identifier of an electronic licence, GB/T 36904: its last character by ISO 7064 MOD 37,36.
     */
    LICENCE_ID {
        @Override
        Verdict apply(String value) {
            return Checksums.licenceId(value) ? Verdict.MATCHES : Verdict.FAILS_CHECK;
        }
    },
    /** A day of the calendar, written with or without separators. */
    CALENDAR_DATE {
        @Override
        Verdict apply(String value) {
            String digits = value.replaceAll("[^0-9]+", "-");
            String[] parts = digits.split("-");
            try {
                LocalDate day =
                        parts.length >= 3
                                ? LocalDate.of(number(parts[0]), number(parts[1]), number(parts[2]))
                                : LocalDate.of(
                                        number(digits.substring(0, 4)),
                                        number(digits.substring(4, 6)),
                                        number(digits.substring(6, 8)));
                return day.getYear() > 1000 ? Verdict.MATCHES : Verdict.DIFFERS;
            } catch (DateTimeException | IndexOutOfBoundsException e) {
                return Verdict.FAILS_CHECK;
            }
        }
    },
    /** A Chinese person's name: a known surname and one or two characters more. */
    PERSON_NAME {
        @Override
        Verdict apply(String value) {
            return Surnames.beginName(value) ? Verdict.MATCHES : Verdict.DIFFERS;
        }
    },
    /** Longitude and latitude, in either order, inside China. */
    COORDINATES {
        @Override
        Verdict apply(String value) {
            String[] parts = SEPARATORS.split(value.strip());
            double first = Double.parseDouble(parts[0]);
            double second = Double.parseDouble(parts[1]);
            boolean inChina = isInChina(first, second) || isInChina(second, first);
            return inChina ? Verdict.MATCHES : Verdict.DIFFERS;
        }
    };

    private static final Pattern SEPARATORS = Pattern.compile("[\\s,;，]+");

    /** Judges a value that has the pattern of its kind already. */
    abstract Verdict apply(String value);

    private static int number(String digits) {
        return Integer.parseInt(digits);
    }

    private static boolean isInChina(double longitude, double latitude) {
        return longitude >= 73 && longitude <= 136 && latitude >= 3 && latitude <= 54;
    }
}
