package cn.tiaoxi.platform.border;

/** Which characters the texts that people write may have. */
public final class Characters {
    private Characters() {}

    /**
     * Whether a text has what does not show or cannot be kept: control characters, halves of
     * characters, code points that are none.
     *
     * @param allowed control characters that it may have
     */
    public static boolean hasHidden(String text, String allowed) {
        return text.codePoints().anyMatch(c -> isHidden(c) && allowed.indexOf(c) < 0);
    }

    private static boolean isHidden(int character) {
        return Character.isISOControl(character)
                || Character.getType(character) == Character.SURROGATE
                || (character & 0xfffe) == 0xfffe;
    }
}
