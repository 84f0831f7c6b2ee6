package cn.tiaoxi.platform.evidence;

import cn.tiaoxi.contract.CanonicalJson;
import cn.tiaoxi.contract.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What people wrote freely in a change: kept beside the log, which holds its salted hash.
 *
 * @param salt 16 random bytes
 * @param content canonical JSON
 */
record Payload(byte[] salt, String content) {
    /** The detail of a record that holds the hash of its payload. */
    static final String HASH = "payload";

    private static final int SALT_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Details that are free texts, in which a person may write whatever they like. */
    private static final Set<String> FREE =
            Set.of(
                    "answer",
                    "basis",
                    "comment",
                    "description",
                    "file",
                    "name",
                    "purpose",
                    "reason",
                    "summary",
                    "text",
                    "title",
                    "word");

    /** The free texts among the details of a change; null if there are none. */
    static @Nullable Payload of(Map<String, String> detail) {
        SortedMap<String, String> free = new TreeMap<>();
        detail.forEach(
                (name, value) -> {
                    if (FREE.contains(name) && !value.isEmpty()) {
                        free.put(name, value);
                    }
                });
        if (free.isEmpty()) {
            return null;
        }
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        return new Payload(salt, new String(CanonicalJson.of(free), StandardCharsets.UTF_8));
    }

    /** The details without what the payload holds, with its hash. */
    SortedMap<String, String> withoutTexts(Map<String, String> detail) {
        SortedMap<String, String> rest = new TreeMap<>(detail);
        rest.keySet().removeAll(FREE);
        rest.put(HASH, hash());
        return rest;
    }

    /** SHA-256 of salt and content, Base64 with the URL alphabet. */
    String hash() {
        MessageDigest sha256 = Sha256.begin();
        sha256.update(salt);
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(sha256.digest(content.getBytes(StandardCharsets.UTF_8)));
    }
}
