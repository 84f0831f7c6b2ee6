package cn.tiaoxi.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeliveryMarkTests {
    private static final MarkSeeds SEEDS =
            new SubjectDigests(new byte[SubjectDigests.KEY_BYTES]).marks();

    @Test
    void a_text_is_written_in_either_width_and_reads_the_same() {
        String half = "吴兴区凤凰路12号(3幢)";
        String full = "吴兴区凤凰路１２号（３幢）";

        assertThat(Width.FULL.write(half)).isEqualTo(full);
        assertThat(Width.HALF.write(full)).isEqualTo(half);
        assertThat(Width.of(half)).contains(Width.HALF);
        assertThat(Width.of(full)).contains(Width.FULL);
        assertThat(SubjectDigests.normal(full)).isEqualTo(SubjectDigests.normal(half));
    }

    @Test
    void text_of_both_widths_or_of_none_has_no_width_and_is_mended_when_written() {
        assertThat(Width.of("路1２号")).isEmpty();
        assertThat(Width.HALF.write("路1２号")).isEqualTo("路12号");
        for (String plain : List.of("", "凤凰路", "330502199001010014", "A12", "１２")) {
            assertThat(Width.of(plain)).as(plain).isEmpty();
            assertThat(Width.concerns(plain)).as(plain).isFalse();
        }
    }

    @Test
    void a_files_widths_are_its_own_and_do_not_depend_on_how_a_text_came() {
        long differing = 0;
        for (int i = 0; i < 1_000; i++) {
            String text = "凤凰路" + i + "号";
            Width one = SEEDS.width("file-1", text);
            assertThat(SEEDS.width("file-1", Width.FULL.write(text))).isEqualTo(one);
            differing += one == SEEDS.width("file-2", text) ? 0 : 1;
        }
        assertThat(differing).isBetween(420L, 580L);
        assertThat(SEEDS.portion("file-1", 0))
                .isEqualTo(SEEDS.portion("file-1", 0))
                .isNotEqualTo(SEEDS.portion("file-1", 1))
                .isNotEqualTo(SEEDS.portion("file-2", 0));
    }

    @Test
    void a_rule_of_an_older_platform_has_no_marks() {
        ExportRule old =
                Wire.JSON.readValue(
                        "{\"mostRows\":10,\"keptHours\":1,\"whole\":true}", ExportRule.class);
        ExportRule marked =
                new ExportRule(10, 1, true, Set.of(DeliveryMark.SPELLING, DeliveryMark.CANARIES));

        assertThat(old.marks()).isEmpty();
        assertThat(Wire.JSON.writeValueAsString(marked))
                .contains("\"marks\":[\"CANARIES\",\"SPELLING\"]");
        assertThat(Wire.JSON.readValue(Wire.JSON.writeValueAsString(marked), ExportRule.class))
                .isEqualTo(marked);
    }
}
