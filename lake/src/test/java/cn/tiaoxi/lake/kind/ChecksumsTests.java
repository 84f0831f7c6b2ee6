package cn.tiaoxi.lake.kind;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChecksumsTests {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "34052419800101001X",
                "34052419800101001x",
                "330502199001010014",
                "330503198512311021",
                "330521200002290032"
            })
    void validResidentIdsPass(String value) {
        assertThat(Checksums.residentId(value)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "330502199001010015",
                "34052419800101001",
                "330502199002300014",
                "33050219900101001A",
                ""
            })
    void invalidResidentIdsFail(String value) {
        assertThat(Checksums.residentId(value)).isFalse();
    }

    @Test
    void aResidentIdWithRightCheckDigitButImpossibleDayFails() {
        // 29 February 2001 with its check digit recomputed
        String body = "33052120010229003";
        int[] weights = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
        int sum = 0;
        for (int i = 0; i < 17; i++) {
            sum += weights[i] * (body.charAt(i) - '0');
        }
        assertThat(Checksums.residentId(body + "10X98765432".charAt(sum % 11))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"11330500002564141P", "91350100M000100Y43"})
    void validSocialCreditCodesPass(String value) {
        assertThat(Checksums.socialCreditCode(value)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "91350203M0001QAY9B",
                "11330500002564141Q",
                "1133050000256414",
                "11330500002564I41P"
            })
    void invalidSocialCreditCodesFail(String value) {
        assertThat(Checksums.socialCreditCode(value)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001.U",
                "1.2.156.3005.2.11100000000013338W032.11220000013544541J.2430599.001.F"
            })
    void validLicenceIdsPassAndChangedOnesFail(String value) {
        assertThat(Checksums.licenceId(value)).isTrue();
        assertThat(Checksums.licenceId(value.replace(".001.", ".002."))).isFalse();
    }

    @Test
    void bankCardsAreCheckedByLuhn() {
        assertThat(Checksums.luhn("6222021234567890128"))
                .isEqualTo(luhnSlowly("6222021234567890128"));
        assertThat(Checksums.luhn("4111111111111111")).isTrue();
        assertThat(Checksums.luhn("4111111111111112")).isFalse();
    }

    private static boolean luhnSlowly(String digits) {
        int sum = 0;
        boolean twice = false;
        for (char c : new StringBuilder(digits).reverse().toString().toCharArray()) {
            int digit = c - '0';
            sum += twice ? digit * 2 / 10 + digit * 2 % 10 : digit;
            twice = !twice;
        }
        return sum % 10 == 0;
    }
}
