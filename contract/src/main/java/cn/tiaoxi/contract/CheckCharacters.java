package cn.tiaoxi.contract;

/** Check characters of national identifiers, for those who make up such identifiers. */
public final class CheckCharacters {
    private static final String CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private static final int[] RESIDENT_WEIGHTS = {
        7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2
    };
    private static final int[] CREDIT_WEIGHTS = {
        1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28
    };
    private static final int[] ORGANISATION_WEIGHTS = {3, 7, 9, 10, 5, 8, 4, 2};

    private CheckCharacters() {}

    /**
     * Check character of a resident identity number (GB 11643).
     *
     * @param body its first 17 digits
     */
    public static char residentCheck(CharSequence body) {
        int sum = 0;
        for (int i = 0; i < RESIDENT_WEIGHTS.length; i++) {
            sum += (body.charAt(i) - '0') * RESIDENT_WEIGHTS[i];
        }
        return "10X98765432".charAt(sum % 11);
    }

    /**
     * Check character of a unified social credit code (GB 32100).
     *
     * @param body its first 17 characters
     */
    public static char creditCheck(CharSequence body) {
        int sum = 0;
        for (int i = 0; i < CREDIT_WEIGHTS.length; i++) {
            sum += CREDIT_ALPHABET.indexOf(body.charAt(i)) * CREDIT_WEIGHTS[i];
        }
        return CREDIT_ALPHABET.charAt((31 - sum % 31) % 31);
    }

    /**
     * Check character of an organisation code (GB 11714), positions 9 to 16 of a credit code.
     *
     * @param body its first 8 characters
     */
    public static char organisationCheck(CharSequence body) {
        int sum = 0;
        for (int i = 0; i < ORGANISATION_WEIGHTS.length; i++) {
            sum += Character.digit(body.charAt(i), 36) * ORGANISATION_WEIGHTS[i];
        }
        int check = 11 - sum % 11;
        return check == 10 ? 'X' : check == 11 ? '0' : (char) ('0' + check);
    }

    /** A character that a credit code may contain. */
    public static char creditCharacter(int index) {
        return CREDIT_ALPHABET.charAt(index % CREDIT_ALPHABET.length());
    }
}
