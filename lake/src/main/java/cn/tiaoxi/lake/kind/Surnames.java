package cn.tiaoxi.lake.kind;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** The Chinese surnames. */
final class Surnames {
    private static final Set<String> NAMES = read();
    private static final Pattern WITH_DOT =
            Pattern.compile("\\p{IsHan}{1,10}([·•．]\\p{IsHan}{1,10}){1,3}");

    private Surnames() {}

    /**
     * Whether a text of two to four Chinese characters begins with a surname; or is a name with a
     * dot.
     */
    static boolean beginName(String value) {
        int length = value.length();
        if (length >= 2 && length <= 3 && NAMES.contains(value.substring(0, 1))) {
            return true;
        }
        if (length >= 3 && length <= 4 && NAMES.contains(value.substring(0, 2))) {
            return true;
        }
        return length > 4 && WITH_DOT.matcher(value).matches();
    }

    private static Set<String> read() {
        try (InputStream in = Surnames.class.getResourceAsStream("surnames.txt")) {
            if (in == null) {
                throw new IllegalStateException("surnames.txt is missing");
            }
            Set<String> names = new HashSet<>();
            for (String line :
                    new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\\s+")) {
                if (line.startsWith("+")) {
                    names.add(line.substring(1));
                } else {
                    line.codePoints().mapToObj(Character::toString).forEach(names::add);
                }
            }
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
