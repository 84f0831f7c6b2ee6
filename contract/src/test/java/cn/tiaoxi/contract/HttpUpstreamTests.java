package cn.tiaoxi.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import cn.tiaoxi.contract.HttpUpstream.Breaker;
import cn.tiaoxi.contract.HttpUpstream.Credential;
import cn.tiaoxi.contract.HttpUpstream.Format;
import cn.tiaoxi.contract.HttpUpstream.Method;
import cn.tiaoxi.contract.HttpUpstream.Parameter;
import cn.tiaoxi.contract.HttpUpstream.Place;
import cn.tiaoxi.contract.HttpUpstream.Probe;
import cn.tiaoxi.contract.HttpUpstream.Times;
import cn.tiaoxi.contract.PolicySnapshot.FieldType;
import cn.tiaoxi.contract.PolicySnapshot.InterfaceState;
import cn.tiaoxi.contract.PolicySnapshot.PublishedInterface;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpUpstreamTests {
    private static HttpUpstream service(String address, Method method, String path, int tries) {
        return new HttpUpstream(
                URI.create(address),
                method,
                path,
                List.of(Parameter.of("id", Place.PATH, true, FieldType.TEXT)),
                Times.USUAL,
                tries,
                20,
                new Probe("/health", 10),
                Breaker.USUAL,
                1 << 20,
                Format.JSON,
                "/data",
                List.of("/total"),
                new Credential("X-Key", "sealed"));
    }

    @Test
    void it_crosses_the_wire_as_it_is() {
        PublishedInterface served =
                new PublishedInterface(
                        "i",
                        "n",
                        "",
                        "o",
                        "",
                        List.of(),
                        List.of(),
                        100,
                        InterfaceState.LIVE,
                        null,
                        service("https://a.example:8443/base", Method.GET, "/p/{id}", 3));

        byte[] bytes = Wire.JSON.writeValueAsBytes(served);

        assertThat(Wire.read(bytes, PublishedInterface.class)).isEqualTo(served);
    }

    @Test
    void policies_and_heartbeats_of_before_are_read() {
        String published =
                """
                {"id":"i","name":"n","dataset":"d","organisation":"o","table":"serving.t",
                 "keys":["k"],"fields":[],"pageLimit":100,"state":"LIVE"}
                """;
        String beat =
                """
                {"id":"g","address":"a","policyVersion":1,"traceOrigin":"o","traceKey":"k",
                 "traceSize":0,"started":"2026-11-26T00:00:00Z"}
                """;

        assertThat(
                        Wire.read(
                                        published.getBytes(StandardCharsets.UTF_8),
                                        PublishedInterface.class)
                                .upstream())
                .isNull();
        assertThat(
                        Wire.read(beat.getBytes(StandardCharsets.UTF_8), GatewayHeartbeat.class)
                                .upstreams())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://a.example",
                "http:///x",
                "http://user@a.example",
                "http://a.example/x?y=1",
                "http://a.example/../x",
                "http://a.example:70000",
                "a.example"
            })
    void an_address_is_a_plain_one(String address) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> service(address, Method.GET, "/p/{id}", 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/p", "/p/{id}/{other}", "p/{id}", "/p/{id}?x=1", "/../{id}", "/p {id}"})
    void a_path_names_its_parameters_and_nothing_else(String path) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> service("http://a.example", Method.GET, path, 1));
    }

    @Test
    void only_what_is_idempotent_is_tried_again() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> service("http://a.example", Method.POST, "/p/{id}", 2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host", "Transfer-Encoding", "content-length", "X Key", "", "X:Key"})
    void headers_of_the_connection_are_not_given(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Parameter.of(name, Place.HEADER, false, FieldType.TEXT));
    }

    @Test
    void the_port_is_the_schemes_where_none_is_named() {
        assertThat(service("https://a.example", Method.GET, "/{id}", 1).port()).isEqualTo(443);
        assertThat(service("http://a.example/b", Method.GET, "/{id}", 1).port()).isEqualTo(80);
        assertThat(service("http://[::1]:81", Method.GET, "/{id}", 1).port()).isEqualTo(81);
    }
}
