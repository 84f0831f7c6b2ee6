package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.CheckCharacters;
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
    private static final Pattern CREDIT = Pattern.compile("[0-9A-HJ-NPQRTUWXY]{18}");
    private static final int CREDIT_CHARACTERS = 31;

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
        return body + CheckCharacters.residentCheck(body);
    }

    /** GB 32100: authority and type, division, organisation code (GB 11714), check character. */
    private static String credit(String real, RandomGenerator random) {
        StringBuilder code = new StringBuilder(real.substring(0, 4));
        code.append(real, 4, 6).append(90 + random.nextInt(10));
        code.append(real, 8, 10);
        for (int i = 0; i < 6; i++) {
            code.append(CheckCharacters.creditCharacter(random.nextInt(CREDIT_CHARACTERS)));
        }
        code.append(CheckCharacters.organisationCheck(code.substring(8)));
        return code.append(CheckCharacters.creditCheck(code)).toString();
    }
}
