package cn.tiaoxi.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.tiaoxi.command.PlatformClient;
import cn.tiaoxi.command.PlatformRefusal;
import cn.tiaoxi.command.SignedCaller;
import cn.tiaoxi.command.Waiting;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ExtendWith(SharedPlatform.class)
class LoopTests {
    @TempDir Path folder;

    @Test
    void aTableBecomesAnAnswerThatIsMaskedQuotedAndProven(LaunchedPlatform platform)
            throws Exception {
        try (Loop loop = new Loop(platform, folder)) {
            String dataset = loop.dataset("百货店铺登记甲", Loop.shops(500) + "S9,坏行,1,2023-02-30\n");
            JsonNode entry = loop.owner.get("/datasets/" + dataset);
            assertThat(entry.path("rows").asLong()).isEqualTo(500);
            assertThat(entry.path("rejected").asLong()).isEqualTo(1);
            loop.lookup("shops-a", dataset);

            String application = loop.application("店铺核验甲");
            JsonNode request =
                    loop.ask("shops-a", application, List.of("code", "shop", "phone"), "核验店铺联系方式。");
            assertThat(request.path("state").asString()).isEqualTo("IN_REVIEW");
            assertThat(request.path("assessment").path("rules")).isNotEmpty();
            long version =
                    loop.owner
                            .get("/requests/" + request.path("id").asString())
                            .path("version")
                            .asLong();
            loop.owner.post(
                    "/requests/" + request.path("id").asString() + "/decision",
                    Map.of(
                            "outcome", "APPROVE",
                            "reason", "电话脱敏后提供。",
                            "masks", Map.of("phone", "PHONE")),
                    version);

            try (SignedCaller caller = loop.caller(application)) {
                HttpResponse<String> answer =
                        Loop.awaitStatus(caller, "shops-a", Map.of("code", "S100007"), 200);
                JsonNode row = JsonMapper.shared().readTree(answer.body()).findValue("shop");
                assertThat(row.asString()).isEqualTo("苕溪百货7号店");
                assertThat(answer.body())
                        .contains("138****0007")
                        .doesNotContain("13800000007")
                        .doesNotContain("2020-01-");
            }
            JsonNode disclosures =
                    Waiting.until(
                            "disclosures",
                            Duration.ofSeconds(20),
                            () -> loop.owner.get("/datasets/" + dataset + "/disclosures"),
                            now -> now.path("items").size() > 0);
            assertThat(disclosures.toString()).contains("核验店铺联系方式", "店铺核验甲");
        }
    }

    @Test
    void unconditionalDataOfLowGradeIsGrantedByRuleAtOnce(LaunchedPlatform platform) {
        try (Loop loop = new Loop(platform, folder)) {
            String application = loop.application("区划核对甲");
            JsonNode request = loop.askForDivisions(application);
            assertThat(request.path("state").asString()).isEqualTo("APPROVED");
            assertThat(request.path("decision").path("automatic").asBoolean()).isTrue();
            assertThat(request.path("decision").path("reason").asString()).isNotBlank();
            try (SignedCaller caller = loop.caller(application)) {
                HttpResponse<String> answer =
                        Loop.awaitStatus(
                                caller, "divisions", Map.of("division_code", "330502100"), 200);
                assertThat(answer.body()).contains("织里镇");
            }
        }
    }

    @Test
    void ofTwoApproversAtTheSameInstantOneWinsAndOneIsTold(LaunchedPlatform platform)
            throws Exception {
        try (Loop loop = new Loop(platform, folder);
                PlatformClient first = platform.as("zhang.min");
                PlatformClient second = platform.as("qian.feng");
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            String application = loop.application("双人审批");
            String request =
                    loop.ask("residents", application, List.of("name", "id_number"), "核验申请人身份信息。")
                            .path("id")
                            .asString();
            CyclicBarrier together = new CyclicBarrier(2);
            var approval = threads.submit(decide(first, request, "APPROVE", together));
            var refusal = threads.submit(decide(second, request, "REFUSE", together));

            assertThat(List.of(approval.get(), refusal.get()))
                    .containsOnlyOnce("")
                    .satisfiesOnlyOnce(
                            told ->
                                    assertThat(told)
                                            .containsAnyOf("ALREADY_DECIDED", "VERSION_CONFLICT"));
        }
    }

    private static Callable<String> decide(
            PlatformClient approver, String request, String outcome, CyclicBarrier together) {
        long version = approver.get("/requests/" + request).path("version").asLong();
        return () -> {
            together.await();
            try {
                approver.post(
                        "/requests/" + request + "/decision",
                        Map.of("outcome", outcome, "reason", "同时决定，意见如此。"),
                        version);
                return "";
            } catch (PlatformRefusal told) {
                return told.code();
            }
        };
    }

    @Test
    void aRevocationBitesInUnderASecond(LaunchedPlatform platform) throws Exception {
        try (Loop loop = new Loop(platform, folder)) {
            String dataset = loop.dataset("百货店铺登记乙", Loop.shops(50));
            loop.lookup("shops-b", dataset);
            String application = loop.application("店铺核验乙");
            String grant =
                    loop.approve(
                            loop.ask("shops-b", application, List.of("code", "shop"), "核验店铺是否存在。")
                                    .path("id")
                                    .asString());
            try (SignedCaller caller = loop.caller(application)) {
                Map<String, String> parameters = Map.of("code", "S100001");
                Loop.awaitStatus(caller, "shops-b", parameters, 200);
                loop.revoke(grant);
                Instant revoked = Instant.now();
                HttpResponse<String> refused = Loop.awaitStatus(caller, "shops-b", parameters, 403);
                Duration took = Duration.between(revoked, Instant.now());
                System.out.println("Revocation enforced after " + took.toMillis() + " ms");
                assertThat(refused.body()).contains("GRANT_REVOKED");
                assertThat(took).isLessThan(Duration.ofSeconds(2));
            }
        }
    }

    @Test
    void othersDataCannotBeChangedOrDecidedOn(LaunchedPlatform platform) throws Exception {
        try (Loop loop = new Loop(platform, folder);
                PlatformClient stranger = platform.as("li.na")) {
            String dataset = loop.dataset("百货店铺登记丙", Loop.shops(20));
            assertThatThrownBy(
                            () ->
                                    stranger.patch(
                                            "/datasets/" + dataset,
                                            Map.of("fields", Map.of("theme", "别人的")),
                                            1))
                    .isInstanceOf(PlatformRefusal.class)
                    .satisfies(e -> assertThat(((PlatformRefusal) e).status()).isIn(403, 404));
            HttpResponse<String> withoutSession =
                    new PlatformClient(platform.address(), "en")
                            .send("GET", "/datasets", BodyPublishers.noBody(), "", Map.of());
            assertThat(withoutSession.statusCode()).isEqualTo(401);
        }
    }
}
