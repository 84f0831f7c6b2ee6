package cn.tiaoxi.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RefusalTextTests {
    @ParameterizedTest
    @EnumSource(Refusal.class)
    void each_refusal_speaks_both_languages(Refusal refusal) {
        for (Locale language : new Locale[] {Locale.SIMPLIFIED_CHINESE, Locale.ENGLISH}) {
            String all =
                    RefusalText.title(refusal, language)
                            + RefusalText.detail(refusal, "subject", language)
                            + RefusalText.mend(refusal, language);
            assertThat(all).doesNotContain("{").doesNotContain("''");
            assertThat(all.matches("\\p{ASCII}+")).isEqualTo(language.equals(Locale.ENGLISH));
        }
    }
}
