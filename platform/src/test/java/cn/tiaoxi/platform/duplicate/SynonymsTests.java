package cn.tiaoxi.platform.duplicate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.tiaoxi.platform.city.CityFolders;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SynonymsTests {
    @Test
    void theTableOfTheCityIsSound() {
        Synonyms.Table table =
                CityFolders.of(Path.of("../city/huzhou"))
                        .read("synonyms.yaml", Synonyms.Table.class);
        Synonyms synonyms = new Synonyms(table, List.of("湖州市"));

        assertThat(table.groups()).hasSizeGreaterThan(80);
        assertThat(Objects.requireNonNull(synonyms.at("经营主体", 0)).meaning()).isEqualTo("企业");
        assertThat(Objects.requireNonNull(synonyms.at("人力资源和社会保障局", 0)).written())
                .isEqualTo("人力资源和社会保障");
        assertThat(Objects.requireNonNull(synonyms.at("湖州市", 0)).role())
                .isEqualTo(Synonyms.Role.IGNORED);
        assertThat(synonyms.at("茶叶", 0)).isNull();
    }

    @Test
    void aWordInTwoGroupsIsRefused() {
        Synonyms.Table table =
                new Synonyms.Table(
                        List.of(List.of("企业", "公司"), List.of("商家", "公司")), List.of(), List.of());
        assertThatThrownBy(() -> new Synonyms(table, List.of())).hasMessageContaining("公司");
    }

    @Test
    void anEmptyWordIsRefused() {
        Synonyms.Table table =
                new Synonyms.Table(List.of(List.of("企业", " ")), List.of(), List.of());
        assertThatThrownBy(() -> new Synonyms(table, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
