package cn.tiaoxi.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoteTests {
    /** The example of the specification. */
    private static final String KEY =
            "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

    private static final String NOTE =
            """
            This is an example message.

            — example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
            """;

    private static final Pattern SPECIFIED =
            Pattern.compile("```\n((?:(?!```)[^\n]*\n)+?\n(?:— \\S+ [A-Za-z0-9+/]+=*\n)+)```");

    @TempDir Path folder;

    @Test
    void verifiesTheExampleOfTheSpecification() {
        NoteVerifier verifier = NoteVerifier.parse(KEY);
        assertThat(verifier.vkey()).isEqualTo(KEY);
        SignedNote note = SignedNote.parse(bytes(NOTE));
        assertThat(note.verified(verifier)).isEqualTo("This is an example message.\n");
        assertThat(note.encode()).isEqualTo(bytes(NOTE));
        SignedNote changed = SignedNote.parse(bytes(NOTE.replace("example message", "other one")));
        assertCode(() -> changed.verified(verifier), TraceException.Code.SIGNATURE_WRONG);
        NoteVerifier stranger = NoteSigner.generate("example.com/foo").verifier();
        assertCode(() -> note.verified(stranger), TraceException.Code.SIGNATURE_WRONG);
    }

    /** All notes of the specifications that are written out in full. */
    @Test
    void readsAndWritesTheNotesOfTheSpecifications() throws Exception {
        int read = 0;
        try (Stream<Path> files = Files.list(PublicData.tlog().resolve("c2sp"))) {
            for (Path file : files.toList()) {
                Matcher note = SPECIFIED.matcher(Files.readString(file));
                while (note.find()) {
                    byte[] bytes = bytes(note.group(1));
                    assertThat(SignedNote.parse(bytes).encode()).isEqualTo(bytes);
                    read++;
                }
            }
        }
        assertThat(read).isGreaterThanOrEqualTo(3);
    }

    @Test
    void ignoresSignaturesOfStrangers() {
        String stranger = "— witness.example AAAAAAECAwQ=\n";
        SignedNote note = SignedNote.parse(bytes(NOTE + stranger));
        assertThat(note.signatures()).hasSize(2);
        assertThat(note.verified(NoteVerifier.parse(KEY))).startsWith("This is");
    }

    /** RFC 8032, section 7.1, test 1. */
    @Test
    void derivesThePublicKeyFromTheStoredPrivateKey() throws Exception {
        String seed = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
        byte[] der = HexFormat.of().parseHex("302e020100300506032b657004220420" + seed);
        Path file = folder.resolve("key.pem");
        Files.writeString(
                file,
                "-----BEGIN PRIVATE KEY-----\n"
                        + java.util.Base64.getEncoder().encodeToString(der)
                        + "\n-----END PRIVATE KEY-----\n");
        NoteSigner signer = NoteSigner.load(file, "rfc8032");
        byte[] key =
                HexFormat.of()
                        .parseHex(
                                "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
        assertThat(signer.verifier().vkey()).isEqualTo(new NoteVerifier("rfc8032", key).vkey());
        SignedNote note = SignedNote.sign("text\n", signer);
        assertThat(note.verified(signer.verifier())).isEqualTo("text\n");
    }

    @Test
    void storesTheKeyForItsOwnerOnlyAndNeverReplacesIt() throws Exception {
        Path file = folder.resolve("keys/trace.pem");
        NoteSigner made = NoteSigner.loadOrCreate(file, "city.example/log");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(NoteSigner.loadOrCreate(file, "city.example/log").verifier().vkey())
                .isEqualTo(made.verifier().vkey());
        assertCode(() -> NoteSigner.generate("x").store(file), TraceException.Code.UNREACHABLE);
        assertThat(NoteSigner.load(file, "city.example/log").verifier().vkey())
                .isEqualTo(made.verifier().vkey());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "a+b",
                "a+b+c",
                "a b+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/foo+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/foo+530d903a+BOkyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
            })
    void refusesKeysOutOfForm(String vkey) {
        assertCode(() -> NoteVerifier.parse(vkey), TraceException.Code.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "text\n",
                "text\n\n",
                "text\n\n— a\n",
                "text\n\n— a AAAAAA==\n",
                "text\n\n- a AAAAAAECAwQ=\n",
                "text\n\n— a AAAAAAECAwQ=",
                "text\n\n— a AAAAAAECAwQ=\r\n",
                "text\n\n— a AAAAAAECAwQ=\n\n",
                "text\n\n— a AAAAAAECAwQ\n",
                "text\n\n— a AAAAAAECAwR=\n",
                "text\n\n— a  AAAAAAECAwQ=\n",
                "t\text\n\n— a AAAAAAECAwQ=\n",
                "text\n\n— a+b AAAAAAECAwQ=\n"
            })
    void refusesNotesOutOfForm(String note) {
        assertCode(() -> SignedNote.parse(bytes(note)), TraceException.Code.MALFORMED);
    }

    @Test
    void readsCheckpointsStrictly() {
        String root = Hash.EMPTY.base64();
        Checkpoint checkpoint = new Checkpoint("a.example/log", 17, Hash.EMPTY);
        assertThat(Checkpoint.parse(checkpoint.text())).isEqualTo(checkpoint);
        assertThat(Checkpoint.parse(checkpoint.text() + "extension\n")).isEqualTo(checkpoint);
        for (String wrong :
                new String[] {
                    "",
                    "a\n1\n",
                    "a\n1\n" + root,
                    "\n1\n" + root + "\n",
                    "a\n01\n" + root + "\n",
                    "a\n-1\n" + root + "\n",
                    "a\n+1\n" + root + "\n",
                    "a\n9999999999999999999\n" + root + "\n",
                    "a\n1\n" + root + "\n\n",
                    "a\n1\n" + root.replace("=", "") + "\n",
                    "a\n1\nAAAA\n"
                }) {
            assertCode(() -> Checkpoint.parse(wrong), TraceException.Code.MALFORMED);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void assertCode(
            org.assertj.core.api.ThrowableAssert.ThrowingCallable call, TraceException.Code code) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        TraceException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
