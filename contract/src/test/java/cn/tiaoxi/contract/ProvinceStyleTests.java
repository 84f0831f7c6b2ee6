package cn.tiaoxi.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The province's own examples. */
class ProvinceStyleTests {
    private static final Instant THEN = Instant.parse("2021-11-09T08:49:20Z");

    @Test
    void the_hmac_of_the_example_is_made() {
        String text =
                ProvinceHmac.text(
                        "GET",
                        "/restapi/prod/IC000/api",
                        ProvinceHmac.sorted("b=2&a=1"),
                        "AK1",
                        "Tue, 09 Nov 2021 08:49:20 GMT");
        assertThat(text)
                .isEqualTo(
                        "GET\n/restapi/prod/IC000/api\na=1&b=2\nAK1\nTue, 09 Nov 2021 08:49:20 GMT\n");

        Map<String, String> headers =
                ProvinceHmac.headers(
                        "GET",
                        "/restapi/prod/IC000/api",
                        "b=2&a=1",
                        "AK1",
                        "SK1".getBytes(StandardCharsets.US_ASCII),
                        THEN);
        assertThat(headers)
                .containsEntry(
                        "X-BG-HMAC-SIGNATURE", "ME1ABSDbpNrdhto5wTHJK8qgAOVzOyYQVhYhekXE+Yk=")
                .containsEntry("X-BG-HMAC-ALGORITHM", "hmac-sha256")
                .containsEntry("X-BG-HMAC-ACCESS-KEY", "AK1")
                .containsEntry("X-BG-DATE-TIME", "Tue, 09 Nov 2021 08:49:20 GMT");
    }

    @Test
    void a_date_is_read_as_it_is_written_and_in_no_other_form() {
        assertThat(ProvinceHmac.time("Tue, 09 Nov 2021 08:49:20 GMT")).isEqualTo(THEN);
        for (String wrong : new String[] {"", "Tue, 09 Nov 2021 08:49:20 +0800", "2021-11-09"}) {
            assertThatThrownBy(() -> ProvinceHmac.time(wrong))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void the_sign_of_the_example_is_made() {
        assertThat(ProvinceToken.sign("testAppKey", "testAppSecret", "1700000000000"))
                .isEqualTo("a97a6954e1d602b1fd57933717f669fd");
    }

    @Test
    void a_key_of_an_older_platform_may_be_used_from_anywhere() {
        String old =
                """
                {"id":"k1","algorithm":"HMAC_SHA256","material":"AAAA",
                 "notBefore":"2026-01-01T00:00:00Z","notAfter":null}
                """;
        PolicySnapshot.CallerKey key =
                Wire.read(old.getBytes(StandardCharsets.UTF_8), PolicySnapshot.CallerKey.class);

        assertThat(key.addresses()).isEmpty();
        assertThat(key.switchedOff()).isNull();
    }
}
