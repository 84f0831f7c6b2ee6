package cn.tiaoxi.command;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.gateway.GatewayRig;
import cn.tiaoxi.gateway.TestDatabase;
import cn.tiaoxi.gateway.TestPolicy;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command against a real gateway. */
class CallTests {
    private static final String LOOKUP = "id_number=330502199000000007";

    @TempDir static Path data;
    private static TestDatabase database;
    private static GatewayRig rig;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeAll
    static void start() throws Exception {
        database = TestDatabase.start();
        rig = GatewayRig.standard(data, database);
        Path demo = Files.createDirectories(data.resolve("demo"));
        Files.writeString(
                demo.resolve("caller.key"),
                Base64.getEncoder().encodeToString(TestPolicy.SECRET) + "\n");
        Files.writeString(
                demo.resolve("caller.properties"),
                "gateway="
                        + rig.address()
                        + "\nkeyid=hmac\nalgorithm=hmac-sha256\nkey-file=caller.key\n");
    }

    @AfterAll
    static void stop() throws Exception {
        rig.close();
        database.close();
    }

    @Test
    void the_profile_of_the_data_folder_is_enough() {
        assertThat(call("people", LOOKUP, "--matter", "事项 7")).isZero();
        assertThat(text(out)).contains("\"name\" : \"王**\"").contains("\"count\" : 1");
    }

    @Test
    void all_pages_come_one_row_per_line() {
        assertThat(call("people", "division=330503", "--fields=updated", "--limit", "100", "--all"))
                .isZero();
        assertThat(text(out).lines()).hasSize(250).doesNotHaveDuplicates();
    }

    @Test
    void a_table_has_a_header_and_neutral_cells() {
        assertThat(call("people", LOOKUP, "--fields", "name,income,phone", "--format", "csv"))
                .isZero();
        assertThat(text(out)).isEqualTo("name,income,phone\r\n王**,10.5,138****0007\r\n");
    }

    @Test
    void a_private_key_can_be_given() throws Exception {
        Path key = data.resolve("ed25519.key");
        Files.writeString(
                key,
                Base64.getMimeEncoder().encodeToString(TestPolicy.PAIR.getPrivate().getEncoded()));

        assertThat(
                        call(
                                "people",
                                LOOKUP,
                                "--gateway=" + rig.address(),
                                "--key-id=ed25519",
                                "--private-key-file=" + key))
                .isZero();
    }

    @Test
    void a_refusal_says_why_and_how_to_mend_it() {
        assertThat(call("people", LOOKUP, "--fields", "address")).isEqualTo(1);
        assertThat(text(err))
                .startsWith("403 FIELD_NOT_GRANTED")
                .contains("The grant does not include field \"address\".")
                .contains("ask for a grant that includes it");
        assertThat(text(out)).isEmpty();
    }

    @Test
    void wrong_arguments_are_named() {
        for (List<String> wrong :
                List.of(
                        List.of("people", LOOKUP, "--colour=red"),
                        List.of("people", "no-equals"),
                        List.of("people", LOOKUP, LOOKUP),
                        List.of("people", LOOKUP, "--limit"),
                        List.of("people", LOOKUP, "--format=xml"),
                        List.of("people", LOOKUP, "--profile=/nowhere"),
                        List.of("people", LOOKUP, "--secret-file=/nowhere"),
                        List.of("--all"))) {
            err.reset();
            assertThat(call(wrong.toArray(String[]::new))).as("%s", wrong).isEqualTo(2);
            assertThat(text(err)).isNotBlank();
        }
    }

    @Test
    void a_gateway_that_is_not_there_is_told_apart() {
        assertThat(call("people", LOOKUP, "--gateway=http://127.0.0.1:1")).isEqualTo(3);
    }

    private int call(String... arguments) {
        return new Call(
                        Map.of("TIAOXI_DATA", data.toString()),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(List.of(arguments));
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
