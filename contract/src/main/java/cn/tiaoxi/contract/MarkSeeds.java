package cn.tiaoxi.contract;

import java.nio.ByteBuffer;

/**
 * What the marks of a file are drawn from: HMAC-SHA256 under a key that is derived from the digest
 * key. Whoever lacks the key can neither tell nor forge a mark. Safe for use by threads.
 */
public final class MarkSeeds {
    private final HmacSha256 mac;

    /**
     * @param key secret bytes
     */
    MarkSeeds(byte[] key) {
        this.mac = new HmacSha256(key);
    }

    /**
     * The seed of what is drawn for a portion of a file.
     *
     * @param export identifier of the file
     * @param number of the portion, from 0
     */
    public long portion(String export, long number) {
        return ByteBuffer.wrap(mac.of("portion\0" + export + '\0' + number)).getLong();
    }

    /**
     * The width that a text has in a file.
     *
     * @param text in any width, spaces and case of no account
     */
    public Width width(String export, String text) {
        byte[] bytes = mac.of("width\0" + export + '\0' + SubjectDigests.normal(text));
        return (bytes[0] & 1) == 0 ? Width.HALF : Width.FULL;
    }
}
