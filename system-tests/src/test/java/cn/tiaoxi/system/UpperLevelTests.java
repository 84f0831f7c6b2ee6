package cn.tiaoxi.system;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.command.PlatformClient;
import cn.tiaoxi.command.PlatformRefusal;
import cn.tiaoxi.command.SignedCaller;
import cn.tiaoxi.command.Waiting;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Two platforms on one machine: the demonstration's city, and one that plays its province. */
@ExtendWith(SharedPlatform.class)
class UpperLevelTests {
    private static final String STEWARD = "zhao.lei";
    private static final Map<String, String> ONE_SHOP = Map.of("code", "S100003");

    @TempDir Path provinceData;
    @TempDir Path folder;

    @Test
    void aCityReportsObeysAndCallsThroughItsProvinceWhateverIsKilled(LaunchedPlatform city)
            throws Exception {
        try (LaunchedPlatform province = LaunchedPlatform.start(provinceData, "--demo=accounts");
                PlatformClient above = province.as(STEWARD);
                PlatformClient below = city.as(STEWARD);
                Loop cityLoop = new Loop(city, folder);
                Loop provinceLoop = new Loop(province, folder)) {
            String id = enrolled(province, above, below);

            cityLoop.lookup("shops-upper", cityLoop.dataset("百货店铺登记上", Loop.shops(50)));
            awaitReported(above, id, "CATALOGUE", "百货店铺登记上");
            awaitReported(above, id, "INTERFACE", "shops-upper");

            String application = cityLoop.application("店铺核验上");
            cityLoop.approve(
                    cityLoop.ask("shops-upper", application, List.of("code", "shop"), "核验店铺是否存在。")
                            .path("id")
                            .asString());
            try (SignedCaller caller = cityLoop.caller(application)) {
                Loop.awaitStatus(caller, "shops-upper", ONE_SHOP, 200);
                suspendsAndLifts(above, id, caller);
                catchesUp(province, above, below, id, cityLoop);
            }
            callsThrough(province, above, below, id, cityLoop, provinceLoop);
            below.delete("/uplink?reason=" + PlatformClient.encode("测试结束"));
        }
    }

    private static String enrolled(
            LaunchedPlatform province, PlatformClient above, PlatformClient below) {
        JsonNode invited = above.post("/subordinates", Map.of("name", "湖州市", "division", "330500"));
        JsonNode connected =
                below.post(
                        "/uplink",
                        Map.of(
                                "address", province.address().toString(),
                                "code", invited.path("code").asString()));
        assertThat(connected.path("uplink").path("print").asString())
                .isEqualTo(invited.path("print").asString());
        return invited.path("subordinate").path("id").asString();
    }

    private static JsonNode awaitReported(
            PlatformClient above, String id, String kind, String text) {
        return Waiting.until(
                        kind + " " + text + " at the province",
                        Duration.ofSeconds(60),
                        () -> reported(above, id, kind, text),
                        page -> page.path("total").asInt() == 1)
                .path("items")
                .get(0);
    }

    private static JsonNode reported(PlatformClient above, String id, String kind, String text) {
        return above.get(
                "/subordinates/"
                        + id
                        + "/reported?kind="
                        + kind
                        + "&q="
                        + PlatformClient.encode(text));
    }

    private static void order(PlatformClient above, String id, String act, String lookup) {
        above.post(
                "/subordinates/" + id + "/orders",
                Map.of(
                        "act",
                        act,
                        "interfaceId",
                        lookup,
                        "reason",
                        "超范围提供数据",
                        "legalBasis",
                        "《浙江省公共数据条例》第四十条"));
    }

    private static void suspendsAndLifts(PlatformClient above, String id, SignedCaller caller) {
        Instant ordered = Instant.now();
        order(above, id, "SUSPEND", "shops-upper");
        HttpResponse<String> refused = Loop.awaitStatus(caller, "shops-upper", ONE_SHOP, 410);
        System.out.println(
                "Suspension from above enforced after "
                        + Duration.between(ordered, Instant.now()).toMillis()
                        + " ms");
        assertThat(refused.body()).contains("INTERFACE_WITHDRAWN");
        order(above, id, "LIFT", "shops-upper");
        Loop.awaitStatus(caller, "shops-upper", ONE_SHOP, 200);
        Waiting.until(
                "both orders answered",
                Duration.ofSeconds(30),
                () -> above.get("/subordinates/" + id + "/orders").path("items"),
                orders ->
                        orders.size() == 2
                                && orders.valueStream()
                                        .allMatch(
                                                o ->
                                                        o.path("result")
                                                                .asString("")
                                                                .equals("APPLIED")));
    }

    /** The province is away while things happen in the city; then all arrives, once. */
    private static void catchesUp(
            LaunchedPlatform province,
            PlatformClient above,
            PlatformClient below,
            String id,
            Loop cityLoop)
            throws Exception {
        province.kill("platform");
        Instant killed = Instant.now();
        for (int i = 1; i <= 3; i++) {
            cityLoop.owner.post(
                    "/interfaces/services",
                    Map.of(
                            "id",
                            "away-" + i,
                            "name",
                            "离线服务 " + i,
                            "sharing",
                            "CONDITIONAL",
                            "address",
                            "http://127.0.0.1:9",
                            "path",
                            "/x",
                            "fields",
                            List.of(
                                    Map.of(
                                            "name", "code",
                                            "label", "编号",
                                            "type", "TEXT",
                                            "grade", "L1",
                                            "description", ""))));
        }
        cityLoop.owner.post("/interfaces/away-2/withdraw", Map.of("reason", "不再提供。"));
        Waiting.until(
                "the province after its death",
                Duration.ofMinutes(2),
                () -> {
                    try {
                        return above.get("/subordinates/" + id).path("received").asLong();
                    } catch (PlatformRefusal | UncheckedIOException e) {
                        return -1L;
                    }
                },
                received -> received >= 0);
        Waiting.until(
                "three services at the province",
                Duration.ofSeconds(60),
                () -> reported(above, id, "INTERFACE", "away-"),
                page -> page.path("total").asInt() == 3);
        assertThat(awaitReported(above, id, "INTERFACE", "away-2").path("state").asString())
                .isEqualTo("WITHDRAWN");
        Waiting.until(
                "nothing left",
                Duration.ofSeconds(60),
                () -> below.get("/uplink").path("uplink"),
                uplink -> uplink.path("lag").path("waiting").asLong() == 0);
        System.out.println(
                "Caught up "
                        + Duration.between(killed, Instant.now()).toMillis()
                        + " ms after the province was killed");
    }

    private static void callsThrough(
            LaunchedPlatform province,
            PlatformClient above,
            PlatformClient below,
            String id,
            Loop cityLoop,
            Loop provinceLoop)
            throws Exception {
        provinceLoop.lookup("province-shops", provinceLoop.dataset("省级百货店铺登记", Loop.shops(50)));
        String cityAbove = provinceLoop.application("湖州市公共数据平台");
        above.post("/subordinates/" + id + "/application", Map.of("application", cityAbove));
        provinceLoop.approve(
                provinceLoop
                        .ask("province-shops", cityAbove, List.of("code", "shop"), "核验店铺是否存在。")
                        .path("id")
                        .asString());
        order(above, id, "OFFER", "province-shops");
        Waiting.until(
                "the offer",
                Duration.ofSeconds(30),
                () -> below.get("/uplink/offers"),
                offers -> offers.size() == 1);
        below.post(
                "/uplink/offers/province-shops/taking",
                Map.of("id", "shops-from-above", "organisation", "330500-data"));
        String application = cityLoop.application("省级店铺核验");
        String request =
                cityLoop.ask("shops-from-above", application, List.of("shop"), "核验店铺是否存在。")
                        .path("id")
                        .asString();
        long version = below.get("/requests/" + request).path("version").asLong();
        below.post(
                "/requests/" + request + "/decision",
                Map.of("outcome", "APPROVE", "reason", "同意用于核验。"),
                version);
        try (SignedCaller caller = cityLoop.caller(application)) {
            HttpResponse<String> answer =
                    Loop.awaitStatus(caller, "shops-from-above", ONE_SHOP, 200);
            assertThat(answer.body()).contains("苕溪百货3号店").doesNotContain("S100003");
        }
        JsonNode calls =
                Waiting.until(
                        "the call in the province's trace",
                        Duration.ofSeconds(30),
                        () -> above.get("/calls?interface=province-shops&outcome=OK"),
                        page -> page.path("total").asInt() >= 1);
        assertThat(calls.path("items").get(0).path("application").toString()).contains(cityAbove);
        assertThat(province.gateway()).isNotEqualTo(cityLoop.platform.gateway());
    }
}
