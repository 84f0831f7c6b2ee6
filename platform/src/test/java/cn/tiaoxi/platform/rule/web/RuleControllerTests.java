package cn.tiaoxi.platform.rule.web;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.platform.PlatformTest;
import cn.tiaoxi.platform.Visitors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@PlatformTest
class RuleControllerTests {
    @Autowired private Visitors visitors;

    @Test
    void rulesAreForThoseWhoMayReadThem() {
        assertThat(visitors.anonymous().get("/api/v1/rules").code()).isEqualTo("NOT_SIGNED_IN");
        assertThat(visitors.person("wang.wei").get("/api/v1/rules").code())
                .isEqualTo("PERMISSION_MISSING");
        assertThat(visitors.person("zhao.lei").get("/api/v1/rules").status()).isEqualTo(200);
    }
}
