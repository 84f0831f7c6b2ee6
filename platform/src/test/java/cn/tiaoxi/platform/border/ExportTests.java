package cn.tiaoxi.platform.border;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.platform.PlatformTest;
import cn.tiaoxi.platform.Visitor;
import cn.tiaoxi.platform.Visitors;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@PlatformTest
class ExportTests {
    @Autowired private Visitors visitors;

    @Test
    void aListIsDownloadedWholeInTheAskersLanguage() {
        Visitor steward = visitors.person("zhao.lei");
        Visitor.Answer csv = steward.get("/api/v1/people?format=csv&limit=1");

        assertThat(csv.text()).startsWith("\uFEFF用户名,姓名").contains("li.na").contains("mayor");
        assertThat(csv.headers().firstValue("Content-Disposition").orElseThrow())
                .contains("attachment")
                .contains("UTF-8''%E4%BA%BA%E5%91%98.csv");
        assertThat(steward.get("/api/v1/people?format=csv", Map.of("Accept-Language", "en")).text())
                .startsWith("\uFEFFUser name,");
        assertThat(steward.get("/api/v1/people?format=xlsx").bytes()).startsWith('P', 'K');
        assertThat(steward.get("/api/v1/people?format=pdf").code()).isEqualTo("REQUEST_INVALID");
        assertThat(steward.get("/api/v1/people?limit=1").json().path("items")).hasSize(1);
    }
}
