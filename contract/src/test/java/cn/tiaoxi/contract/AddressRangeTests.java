package cn.tiaoxi.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTests {
    @ParameterizedTest
    @CsvSource({
        "10.8.0.0/16, 10.8.255.255, true",
        "10.8.0.0/16, 10.9.0.0, false",
        "10.8.0.128/25, 10.8.0.127, false",
        "10.8.0.7, 10.8.0.7, true",
        "10.8.0.7, 10.8.0.8, false",
        "10.8.0.7/32, ::ffff:10.8.0.7, true",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, ::1, false",
        "2001:db8::/32, 2001:db8:ffff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "::/0, 2001:db8::1, true",
        "::1, 0:0:0:0:0:0:0:1%lo, true",
        "::1, '', false",
        "::1, nonsense, false"
    })
    void contains_what_begins_alike(String range, String address, boolean within) {
        assertThat(AddressRange.of(range).contains(address)).isEqualTo(within);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/8",
                "10.8.0.0/33",
                "10.8.0.0/-1",
                "10.8.0.0/08",
                "10.8.0.0/",
                "10.8.0.1/16",
                "10.8/16",
                "::/129",
                "fe80::1%eth0",
                "gateway.example"
            })
    void refuses_what_is_no_range(String text) {
        assertThatThrownBy(() -> AddressRange.of(text))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_host_name_is_never_looked_up() {
        assertThat(AddressRange.of("127.0.0.1").contains("localhost")).isFalse();
    }
}
