package cn.tiaoxi.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The request and keys are those of RFC 9421, appendix B. */
class MessageSignatureTests {
    private static final Map<String, String> HEADERS =
            Map.of(
                    "date", "Tue, 20 Apr 2021 02:07:55 GMT",
                    "content-type", "application/json",
                    "content-length", "18");
    private static final RequestParts REQUEST =
            RequestParts.of(
                    "POST",
                    URI.create("https://example.com/foo?param=Value&Pet=dog"),
                    HEADERS::get);
    private static final byte[] SHARED_SECRET =
            Base64.getDecoder()
                    .decode(
                            "uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ==");
    private static final String PUBLIC_KEY =
            """
            -----BEGIN PUBLIC KEY-----
            MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=
            -----END PUBLIC KEY-----
            """;
    private static final String PRIVATE_KEY =
            """
            -----BEGIN PRIVATE KEY-----
            MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF
            -----END PRIVATE KEY-----
            """;

    @Test
    void the_hmac_of_appendix_b_2_5_is_made_and_verified() {
        SignatureInput input =
                input(
                        "sig-b25=(\"date\" \"@authority\" \"content-type\");created=1618884473;keyid=\"test-shared-secret\"");
        String header = "sig-b25=:pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=:";

        byte[] made = MessageSignature.hmac(input, REQUEST, SHARED_SECRET);

        assertThat(MessageSignature.header(input, made)).isEqualTo(header);
        byte[] sent = SignatureInput.parseSignatures(header).get("sig-b25");
        assertThat(MessageSignature.verifyHmac(input, REQUEST, SHARED_SECRET, sent)).isTrue();
        sent[3] ^= 1;
        assertThat(MessageSignature.verifyHmac(input, REQUEST, SHARED_SECRET, sent)).isFalse();
    }

    @Test
    void the_ed25519_signature_of_appendix_b_2_6_is_made_and_verified() {
        SignatureInput input =
                input(
                        "sig-b26=(\"date\" \"@method\" \"@path\" \"@authority\" \"content-type\" \"content-length\");created=1618884473;keyid=\"test-key-ed25519\"");
        String header =
                "sig-b26=:wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==:";

        byte[] made = MessageSignature.ed25519(input, REQUEST, Ed25519Keys.privateKey(PRIVATE_KEY));

        assertThat(MessageSignature.header(input, made)).isEqualTo(header);
        byte[] sent = SignatureInput.parseSignatures(header).get("sig-b26");
        var key = Ed25519Keys.publicKey(PUBLIC_KEY);
        assertThat(MessageSignature.verifyEd25519(input, REQUEST, key, sent)).isTrue();
        assertThat(MessageSignature.verifyEd25519(input, REQUEST, key, new byte[64])).isFalse();
        assertThat(MessageSignature.verifyEd25519(input, REQUEST, key, new byte[3])).isFalse();
    }

    @Test
    void the_signature_base_has_a_line_for_each_component_and_ends_with_the_parameters() {
        SignatureInput input =
                input(
                        "a=(\"@method\" \"@path\" \"@query\" \"@target-uri\");created=1;nonce=\"q\\\"\"");

        assertThat(input.base(REQUEST))
                .isEqualTo(
                        """
                        "@method": POST
                        "@path": /foo
                        "@query": ?param=Value&Pet=dog
                        "@target-uri": https://example.com/foo?param=Value&Pet=dog
                        "@signature-params": ("@method" "@path" "@query" "@target-uri");created=1;nonce="q\\\"\"""");
    }

    @Test
    void an_empty_query_is_a_question_mark_and_the_default_port_is_left_out() {
        RequestParts parts =
                RequestParts.of("GET", URI.create("http://Example.COM:80/"), name -> null);

        assertThat(parts.query()).isEqualTo("?");
        assertThat(parts.authority()).isEqualTo("example.com");
    }

    @Test
    void a_covered_component_that_is_absent_is_an_error() {
        SignatureInput input = input("a=(\"content-digest\");created=1");

        assertThatThrownBy(() -> input.base(REQUEST)).hasMessageContaining("content-digest");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "a=",
                "a=(",
                "a=(\"x\"",
                "a=(\"x\" \"x\")",
                "a=(\"x\";sf)",
                "a=(\"x\"\"y\")",
                "a=(x)",
                "a=();created=1;created=2",
                "a=();created=99999999999999999999",
                "a=();created=-",
                "a=();nonce=\"un",
                "a=();nonce=\"\\n\"",
                "a=();nonce=\"\u00e9\"",
                "a=(),",
                "a=() b=()",
                "A=()"
            })
    void malformed_inputs_are_refused(String header) {
        assertThatThrownBy(() -> SignatureInput.parse(header))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void several_members_are_read() {
        assertThat(SignatureInput.parse("a=(\"@method\");created=1, b=();keyid=\"k\";x"))
                .hasSize(2);
        assertThat(SignatureInput.parseSignatures("a=:AQ==:, b=:Ag==:")).hasSize(2);
        assertThatThrownBy(() -> SignatureInput.parseSignatures("a=:A!:"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void what_a_caller_signs_verifies() {
        URI address = URI.create("http://localhost:8090/api/streets?name=%E6%B9%96&limit=2");
        RequestParts parts = RequestParts.of("GET", address, name -> null);
        Map<String, String> headers =
                CallSigner.ed25519("k1", Ed25519Keys.privateKey(PRIVATE_KEY))
                        .sign(address, Instant.ofEpochSecond(1), "n");
        SignatureInput input = SignatureInput.parse(headers.get("Signature-Input")).get("tiaoxi");

        assertThat(input.components()).isEqualTo(CallSigner.COVERED);
        assertThat(input.created()).isEqualTo(Instant.ofEpochSecond(1));
        assertThat(List.of(input.text("nonce"), input.text("keyid"), input.text("alg")))
                .containsExactly("n", "k1", "ed25519");
        assertThat(
                        MessageSignature.verifyEd25519(
                                input,
                                parts,
                                Ed25519Keys.publicKey(PUBLIC_KEY),
                                SignatureInput.parseSignatures(headers.get("Signature"))
                                        .get("tiaoxi")))
                .isTrue();
    }

    @Test
    void a_public_key_survives_its_short_form() {
        var key = Ed25519Keys.publicKey(PUBLIC_KEY);

        assertThat(Ed25519Keys.publicKey(Ed25519Keys.material(key))).isEqualTo(key);
    }

    private static SignatureInput input(String header) {
        return SignatureInput.parse(header).values().iterator().next();
    }
}
