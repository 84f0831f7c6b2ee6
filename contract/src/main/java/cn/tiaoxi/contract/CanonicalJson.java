package cn.tiaoxi.contract;

import java.util.SortedMap;

/** Texts by name as canonical JSON (RFC 8785): one and the same bytes for the same texts. */
public final class CanonicalJson {
    private static final int USUAL_BYTES = 256;

    private CanonicalJson() {}

    /**
     * An object of texts.
     *
     * @param members sorted as texts are by nature: by UTF-16 code units
     */
    public static byte[] of(SortedMap<String, String> members) {
        return new JsonText(USUAL_BYTES).object(members).bytes();
    }
}
