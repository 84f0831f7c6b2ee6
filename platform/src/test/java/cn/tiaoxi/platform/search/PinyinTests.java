package cn.tiaoxi.platform.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.text.Transliterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class PinyinTests {

    @Test
    void theTableReadsCharactersAsUnicodeDoes() {
        Transliterator unicode = Transliterator.getInstance("Han-Latin; Latin-ASCII");
        List<String> wrong = new ArrayList<>();
        for (char c = '\u4E00'; c < '\u9FA6'; c += 17) {
            String latin = unicode.transliterate(String.valueOf(c)).toLowerCase(Locale.ROOT);
            String[] readings = Pinyin.of(c);
            if (readings.length == 1 && !readings[0].equals(latin)) {
                wrong.add(c + " " + latin);
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(Pinyin.of('湖')).containsExactly("hu");
        assertThat(Pinyin.of('重')).containsExactly("zhong", "chong");
        assertThat(Pinyin.of('a')).isEmpty();
        assertThat(Pinyin.all()).hasSizeGreaterThan(400);
    }

    @Test
    void pinyinFallsIntoSyllablesInEachWay() {
        assertThat(Syllables.cut("budongchan")).contains(List.of("bu", "dong", "chan"));
        assertThat(Syllables.cut("xian")).contains(List.of("xian"), List.of("xi", "an"));
        assertThat(Syllables.cut("dengj")).contains(List.of("deng", "j"));
        assertThat(Syllables.cut("bdc")).isEmpty();
        assertThat(Syllables.cut("gb11643")).isEmpty();
    }
}
