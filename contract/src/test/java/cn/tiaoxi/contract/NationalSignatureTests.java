package cn.tiaoxi.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** SM2 as in GB/T 32918.5-2017, A.2; HMAC with SM3 as in GM/T 0042-2015, D.3. */
class NationalSignatureTests {
    private static final byte[] MESSAGE = "message digest".getBytes(StandardCharsets.US_ASCII);
    private static final Sm2PrivateKey PRIVATE =
            Sm2PrivateKey.of(
                    new BigInteger(
                            "3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8",
                            16));
    private static final String R =
            "F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3";
    private static final String S =
            "B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA";

    @Test
    void the_published_signature_holds_under_the_published_key() {
        byte[] signature = HexFormat.of().parseHex(R + S);

        assertThat(PRIVATE.publicKey().verifies(MESSAGE, signature)).isTrue();
        signature[9] ^= 1;
        assertThat(PRIVATE.publicKey().verifies(MESSAGE, signature)).isFalse();
    }

    @Test
    void a_signature_in_der_holds_too_and_nonsense_does_not() {
        byte[] der = HexFormat.of().parseHex("3046022100" + R + "022100" + S);

        assertThat(PRIVATE.publicKey().verifies(MESSAGE, der)).isTrue();
        for (byte[] nonsense : new byte[][] {{}, {1, 2, 3}, new byte[64], new byte[70]}) {
            assertThat(PRIVATE.publicKey().verifies(MESSAGE, nonsense)).isFalse();
        }
    }

    @Test
    void a_key_is_read_as_it_was_written() {
        Sm2PrivateKey made = Sm2PrivateKey.generate();
        Sm2PublicKey read = Sm2PublicKey.of(made.publicKey().material());

        assertThat(read.verifies(MESSAGE, Sm2PrivateKey.of(made.pem()).sign(MESSAGE))).isTrue();
        assertThat(PRIVATE.publicKey().verifies(MESSAGE, made.sign(MESSAGE))).isFalse();
        assertThatThrownBy(() -> Sm2PublicKey.of("AAAA"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () ->
                                Sm2PublicKey.of(
                                        "MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs="))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_published_hmac_is_made() {
        byte[] key = new byte[32];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) (i + 1);
        }
        String half = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";

        assertThat(
                        HexFormat.of()
                                .formatHex(
                                        MessageSignature.hmacSm3(
                                                (half + half).getBytes(StandardCharsets.US_ASCII),
                                                key)))
                .isEqualTo("ca05e144ed05d1857840d1f318a4a8669e559fc8391f414485bfdf7bb408963a");
    }
}
