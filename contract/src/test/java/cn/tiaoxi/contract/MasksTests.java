package cn.tiaoxi.contract;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.contract.PolicySnapshot.Mask;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MasksTests {
    @ParameterizedTest
    @CsvSource({
        "NAME, 张三, 张*",
        "NAME, 王小明, 王**",
        "NAME, 欧阳锋, 欧阳*",
        "NAME, 欧阳, 欧*",
        "NAME, 张, *",
        "NAME, 阿卜杜拉·买买提, 阿**",
        "NAME, John Smith, J**",
        "NAME, 𠮷田, 𠮷*",
        "IDENTIFIER, 330502199001010014, 330502**********14",
        "IDENTIFIER, 11330500002564141P, 113305**********1P",
        "IDENTIFIER, 12345678, ****",
        "PHONE, 13857212345, 138****2345",
        "PHONE, 138-5721-2345, 138****2345",
        "PHONE, 0572-2051234, 057****1234",
        "PHONE, 2051234, ****",
        "PHONE, １３８５７２１２３４５, １３８****２３４５",
        "ADDRESS, 湖州市吴兴区凤凰路100号3幢201室, 湖州市吴兴区凤凰路****",
        "ADDRESS, 湖州市吴兴区二环北路一百号, 湖州市吴兴区二环北路****",
        "ADDRESS, 湖州市吴兴区龙泉街道碧浪小区, 湖州市吴兴区龙泉街道****",
        "ADDRESS, 某处, ****",
        "ACCOUNT, 6222021205001234567, ****4567",
        "ACCOUNT, 1234567, ****",
        "YEAR, 1990-05-03, 1990",
        "YEAR, 19900503, 1990",
        "YEAR, 1990年5月3日, 1990",
        "YEAR, 1990-05-03T10:00:00Z, 1990",
        "YEAR, 03/05/1990, ****",
        "YEAR, 1990, ****",
        "HIDE, anything, ****"
    })
    void values_are_masked_as_the_kind_says(Mask mask, String value, String masked) {
        assertThat(Masks.apply(mask, value)).isEqualTo(masked);
    }

    @Property
    void null_stays_null_unless_everything_is_hidden(@ForAll Mask mask) {
        assertThat(Masks.apply(mask, null)).isEqualTo(mask == Mask.HIDE ? Masks.HIDDEN : null);
    }

    @Property
    void any_text_is_masked_without_an_error_and_never_longer_than_needed(
            @ForAll Mask mask, @ForAll @StringLength(max = 60) String value) {
        String masked = Masks.apply(mask, value);

        assertThat(masked).isNotNull();
        assertThat(masked.length()).isLessThanOrEqualTo(value.length() + Masks.HIDDEN.length());
    }

    @Property
    void a_year_or_what_hides_it_is_all_that_a_year_mask_shows(
            @ForAll @StringLength(max = 30) String value) {
        assertThat(Masks.apply(Mask.YEAR, value)).matches("\\d{4}|\\*{4}");
    }

    @Property
    void an_identifier_shows_eight_characters_at_most(@ForAll("identifiers") String value) {
        String masked = Masks.apply(Mask.IDENTIFIER, value);

        assertThat(masked.replace("*", "").length()).isLessThanOrEqualTo(8);
        assertThat(masked).isNotEqualTo(value);
        assertThat(masked.chars().filter(c -> c == '*').count()).isGreaterThanOrEqualTo(4);
    }

    @Property
    void a_phone_number_hides_three_digits_at_least(@ForAll("phones") String value) {
        String masked = Masks.apply(Mask.PHONE, value);

        assertThat(masked.replace("*", "").length()).isLessThanOrEqualTo(7);
        assertThat(masked).contains("***");
    }

    @Property
    void an_address_shows_nothing_after_its_first_digit(
            @ForAll("roads") String road, @ForAll("numbers") String rest) {
        assertThat(Masks.apply(Mask.ADDRESS, road + rest)).isEqualTo(road + Masks.HIDDEN);
    }

    @Property
    void two_names_with_the_same_family_name_and_length_look_the_same(
            @ForAll("given") String one, @ForAll("given") String other) {
        assertThat(Masks.apply(Mask.NAME, "王" + one))
                .isEqualTo(Masks.apply(Mask.NAME, "王" + other));
    }

    @Property
    void two_accounts_with_the_same_end_look_the_same(
            @ForAll("identifiers") String one, @ForAll("identifiers") String other) {
        String end = "0042";

        assertThat(Masks.apply(Mask.ACCOUNT, one + end))
                .isEqualTo(Masks.apply(Mask.ACCOUNT, other + end));
    }

    @Provide
    Arbitrary<String> identifiers() {
        return Arbitraries.strings()
                .numeric()
                .withChars('X', 'A', 'P')
                .ofMinLength(4)
                .ofMaxLength(30);
    }

    @Provide
    Arbitrary<String> phones() {
        return Arbitraries.strings()
                .numeric()
                .withChars('-', ' ', '+')
                .ofMinLength(1)
                .ofMaxLength(20);
    }

    @Provide
    Arbitrary<String> roads() {
        return Arbitraries.strings().withChars("湖州市吴兴区凤凰路人民").ofMinLength(0).ofMaxLength(12);
    }

    @Provide
    Arbitrary<String> numbers() {
        return Arbitraries.strings().withChars("0123456789号幢室").ofMaxLength(8).map(s -> "7" + s);
    }

    @Provide
    Arbitrary<String> given() {
        return Arbitraries.strings().withChars("小明伟芳秀英娜敏").ofLength(2);
    }
}
