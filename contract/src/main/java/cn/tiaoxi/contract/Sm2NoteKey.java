package cn.tiaoxi.contract;

import cn.tiaoxi.trace.NoteKey;
import cn.tiaoxi.trace.TraceException;
import cn.tiaoxi.trace.VerifierKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * A log's public key for its second signature, SM2 over SM3 with the default user identifier (GB/T
 * 32918, GB/T 35276). On notes its signature type is {@code 0xff} and {@value #TYPE_NAME}, as <a
 * href="https://c2sp.org/signed-note">signed-note</a> asks of types without a number; the key is
 * its uncompressed point (65 bytes), the signature {@code r} and {@code s} in 32 bytes each. Never
 * changes.
 */
public final class Sm2NoteKey implements NoteKey {
    /** Names the signature type after the byte {@code 0xff}. */
    public static final String TYPE_NAME = "tiaoxi.cn/sm2-sm3/v1";

    private static final byte[] TYPE = type();
    private static final int POINT_BYTES = 2 * Sm2PublicKey.HALF + 1;

    private final VerifierKey text;
    private final int id;
    private final Sm2PublicKey key;

    Sm2NoteKey(String name, Sm2PublicKey key) {
        this.text = VerifierKey.of(name, TYPE, Base64.getDecoder().decode(key.material()));
        this.id = text.id();
        this.key = key;
    }

    /**
     * Reads the text form {@code name+hash+base64}.
     *
     * @throws TraceException MALFORMED if it is not an SM2 key for notes or its hash is wrong
     */
    public static Sm2NoteKey parse(String vkey) {
        VerifierKey key = VerifierKey.parse(vkey);
        byte[] point = key.key(TYPE, POINT_BYTES);
        try {
            return new Sm2NoteKey(
                    key.name(), Sm2PublicKey.of(Base64.getEncoder().encodeToString(point)));
        } catch (IllegalArgumentException e) {
            throw new TraceException(
                    TraceException.Code.MALFORMED, "not a point of the SM2 curve: " + vkey, e);
        }
    }

    /** Whether the text form names a key of this type. */
    public static boolean isOne(String vkey) {
        return VerifierKey.parse(vkey).isOf(TYPE);
    }

    private static byte[] type() {
        byte[] name = TYPE_NAME.getBytes(StandardCharsets.US_ASCII);
        byte[] type = new byte[name.length + 1];
        Arrays.fill(type, 0, 1, (byte) 0xff);
        System.arraycopy(name, 0, type, 1, name.length);
        return type;
    }

    @Override
    public String name() {
        return text.name();
    }

    @Override
    public int id() {
        return id;
    }

    @Override
    public String vkey() {
        return text.text();
    }

    @Override
    public boolean verifies(byte[] text, byte[] signature) {
        return signature.length == 2 * Sm2PublicKey.HALF && key.verifies(text, signature);
    }

    @Override
    public String toString() {
        return vkey();
    }
}
