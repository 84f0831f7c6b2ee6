package cn.tiaoxi.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckCharactersTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "34052419800101001X",
                "330502199001010014",
                "330503198512311021",
                "330521200002290032"
            })
    void residentNumbersOfTheStandardHold(String number) {
        assertThat(CheckCharacters.residentCheck(number)).isEqualTo(number.charAt(17));
    }

    @ParameterizedTest
    @ValueSource(strings = {"11330500002564141P", "91350100M000100Y43"})
    void creditCodesOfTheStandardHold(String code) {
        assertThat(CheckCharacters.creditCheck(code)).isEqualTo(code.charAt(17));
        assertThat(CheckCharacters.organisationCheck(code.substring(8))).isEqualTo(code.charAt(16));
    }
}
