package cn.tiaoxi.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

/** The modules depend on each other as they say, without circles. */
class ModulesTests {
    private final ApplicationModules modules = ApplicationModules.of(Tiaoxi.class);

    @Test
    void modulesUseOnlyWhatTheyDeclareAndOnlyWhatIsPublic() {
        assertThat(modules.stream().count()).isGreaterThanOrEqualTo(9);
        modules.verify();
    }
}
