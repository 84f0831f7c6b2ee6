package cn.tiaoxi.platform.search.web;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.platform.PlatformTest;
import cn.tiaoxi.platform.Visitor;
import cn.tiaoxi.platform.Visitors;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

@PlatformTest
class SavedSearchControllerTests {
    private static final String VIEWS = "/api/v1/search/views";

    @Autowired private Visitors visitors;

    private static Visitor.Answer keep(Visitor who, String name, String query) {
        return who.post(VIEWS, Map.of("name", name, "query", query));
    }

    @Test
    void aPersonKeepsSearchesThatNobodyElseSees() {
        Visitor clerk = visitors.person("hu.bin");
        JsonNode made = keep(clerk, " 河道 ", "q=%E6%B2%B3%E9%81%93").json();
        assertThat(made.path("name").asString()).isEqualTo("河道");

        JsonNode again = keep(clerk, "河道", "kind=norm&q=hd").json();
        assertThat(again.path("id")).isEqualTo(made.path("id"));
        assertThat(clerk.get(VIEWS).json()).hasSize(1);
        assertThat(clerk.get(VIEWS).json().path(0).path("query").asString())
                .isEqualTo("kind=norm&q=hd");

        Visitor other = visitors.person("guo.qiang");
        String one = VIEWS + "/" + made.path("id").asString();
        assertThat(other.get(VIEWS).json()).isEmpty();
        other.delete(one);
        assertThat(clerk.get(VIEWS).json()).hasSize(1);
        assertThat(clerk.delete(one).status()).isEqualTo(204);
        assertThat(clerk.get(VIEWS).json()).isEmpty();
    }

    @Test
    void whatCannotBeKeptIsRefused() {
        Visitor clerk = visitors.person("gao.yuan");
        assertThat(keep(clerk, " ", "q=a").status()).isEqualTo(400);
        assertThat(keep(clerk, "名", "").status()).isEqualTo(400);
        assertThat(keep(clerk, "a\u0000b", "q=a").status()).isEqualTo(400);
        assertThat(keep(clerk, "长".repeat(61), "q=a").status()).isEqualTo(400);
        for (int i = 0; i < 50; i++) {
            assertThat(keep(clerk, "搜索 " + i, "q=" + i).status()).isEqualTo(201);
        }
        assertThat(keep(clerk, "再多一个", "q=a").status()).isEqualTo(400);
        assertThat(keep(clerk, "搜索 7", "q=b").status()).isEqualTo(201);
        assertThat(visitors.anonymous().get(VIEWS).status()).isEqualTo(401);
    }
}
