package cn.tiaoxi.gateway;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts what a gateway keeps of one export, with a key that is nowhere on its disk
 * (AES-256-GCM). A file is a sequence of pieces of {@value #PIECE} bytes, the last one shorter,
 * each encrypted by itself, so that reading can begin anywhere; the nonce is the attempt and the
 * number of the piece, so that none is used twice and pieces of other attempts do not fit. For one
 * thread.
 */
final class ExportSeal {
    /** Bytes of a piece before encryption. */
    static final int PIECE = 64 << 10;

    /** Bytes of a piece on the disk. */
    static final int SEALED_PIECE = PIECE + 16;

    private static final int KEY = 32;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKeySpec key;
    private final int attempt;
    private final Cipher cipher;

    /**
     * @param attempt which attempt at the file; 0 for the order
     */
    ExportSeal(byte[] key, int attempt) {
        try {
            this.key = new SecretKeySpec(key, "AES");
            this.attempt = attempt;
            this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES is missing", e);
        }
    }

    static byte[] newKey() {
        byte[] key = new byte[KEY];
        RANDOM.nextBytes(key);
        return key;
    }

    byte[] seal(long piece, byte[] bytes, int length) {
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key, nonce(piece));
            return cipher.doFinal(bytes, 0, length);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Cannot encrypt", e);
        }
    }

    /**
     * @throws GeneralSecurityException if the bytes are not what was sealed as that piece
     */
    byte[] open(long piece, byte[] bytes, int length) throws GeneralSecurityException {
        cipher.init(Cipher.DECRYPT_MODE, key, nonce(piece));
        return cipher.doFinal(bytes, 0, length);
    }

    private GCMParameterSpec nonce(long piece) {
        return new GCMParameterSpec(
                TAG_BITS, ByteBuffer.allocate(12).putInt(attempt).putLong(piece).array());
    }
}
