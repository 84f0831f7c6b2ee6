package cn.tiaoxi.platform.device;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.platform.PlatformTest;
import cn.tiaoxi.platform.Visitor;
import cn.tiaoxi.platform.Visitors;
import cn.tiaoxi.platform.ledger.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;

/** Devices on the map and in the list. */
@PlatformTest
@Import(TestDevices.class)
class DeviceMapTests {
    private static final String MAP = "/api/v1/devices/map";

    @Autowired private TestDevices devices;
    @Autowired private Visitors visitors;

    private JsonNode get(String path) {
        Visitor.Answer answer = visitors.person("mayor").get(path);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json();
    }

    @Test
    void fewDevicesAreShownOneByOne() {
        Entry one = devices.add("330521101", TestDevices.CAMERA, 119.9, 30.5);
        devices.add("330521101", TestDevices.CAMERA, 119.9, 30.6);

        JsonNode map = get(MAP + "?bbox=119.8,30.4,120,30.55&zoom=11&organisation=330521101");

        assertThat(map.path("total").asLong()).isEqualTo(1);
        assertThat(map.path("devices").path(0).path("id").asString()).isEqualTo(one.id());
        assertThat(map.path("devices").path(0).path("lon").asDouble()).isEqualTo(119.9);
    }

    @Test
    void manyDevicesAreCountedTogetherAndNoneIsLost() {
        for (int n = 0; n < 64; n++) {
            devices.add("330521102", TestDevices.CAMERA, 119.9 + n % 4 * 0.2, 30.5 + n % 2 * 0.1);
        }
        devices.add("330521102", TestDevices.CAMERA, 120.69, 30.5);

        JsonNode map = get(MAP + "?bbox=119,30,122,31&zoom=9&organisation=330521102");

        assertThat(map.path("total").asLong()).isEqualTo(65);
        long sum = map.path("devices").size();
        for (JsonNode cluster : map.path("clusters")) {
            assertThat(cluster.path("devices").asLong()).isGreaterThan(1);
            assertThat(cluster.path("unseen").asLong()).isEqualTo(cluster.path("devices").asLong());
            sum += cluster.path("devices").asLong();
        }
        assertThat(sum).isEqualTo(65);
        assertThat(map.path("clusters").size()).isBetween(2, 8);
        assertThat(map.path("devices")).hasSize(1);
    }

    @Test
    void aBoxOrZoomThatCannotBeIsRefused() {
        List<String> wrong =
                List.of(
                        "",
                        "?bbox=1,2,3",
                        "?bbox=1,2,3,x",
                        "?bbox=120,31,119,30",
                        "?bbox=NaN,1,2,3",
                        "?bbox=1,2,3,Infinity",
                        "?bbox=119,30,120,31&zoom=99",
                        "?bbox=119,30,120,31&zoom=-1",
                        "?bbox=119,30,120,31&zoom=NaN",
                        "?bbox=119,30,120,31&state=ASLEEP",
                        "?bbox=119,30,120,31&q=" + "x".repeat(101));
        for (String query : wrong) {
            assertThat(visitors.person("mayor").get(MAP + query).status()).as(query).isEqualTo(400);
        }
        get(MAP + "?bbox=-1000,-1000,1000,1000&zoom=22");
    }

    @Test
    void theListFiltersPagesAndExports() {
        List<String> made = new ArrayList<>();
        for (int n = 0; n < 5; n++) {
            made.add(devices.add("330521103", TestDevices.CAMERA).id());
        }
        List<String> read = new ArrayList<>();
        String path = "/api/v1/devices?organisation=330521103&state=UNSEEN&sort=lastSeen&limit=2";
        JsonNode page = get(path);
        assertThat(page.path("total").asLong()).isEqualTo(5);
        while (true) {
            page.path("items").forEach(d -> read.add(d.path("id").asString()));
            if (page.path("next").isNull()) {
                break;
            }
            page = get(path + "&after=" + page.path("next").asString());
        }
        assertThat(read).containsExactlyInAnyOrderElementsOf(made);

        String csv =
                visitors.person("mayor")
                        .get("/api/v1/devices?organisation=330521103&format=csv")
                        .text();
        assertThat(csv.lines()).hasSize(6);
        assertThat(csv).contains("从未上报");
        assertThat(get("/api/v1/devices?organisation=330521103&q=%25").path("total").asLong())
                .isZero();
    }

    @Test
    void withoutAFileOfBordersTheHullOfTheDevicesStandsIn() {
        double[][] corners = {{119.5, 30.5}, {119.7, 30.5}, {119.7, 30.7}, {119.5, 30.7}};
        for (double[] corner : corners) {
            devices.add("330500-water", TestDevices.CAMERA, corner[0], corner[1]);
        }
        JsonNode borders = get("/api/v1/devices/borders");
        assertThat(borders.path("origin").asString()).isIn("DEVICES", "FILE");
    }

    @Test
    void aHullGoesRoundItsPointsAndLeavesOutThoseInside() {
        List<double[]> points = new ArrayList<>();
        points.add(new double[] {0, 0});
        points.add(new double[] {2, 0});
        points.add(new double[] {1, 1});
        points.add(new double[] {2, 2});
        points.add(new double[] {1, 0});
        points.add(new double[] {0, 2});

        assertThat(Borders.hull(points)).hasSize(5);
        assertThat(Borders.hull(points).getFirst()).isSameAs(Borders.hull(points).getLast());
        assertThat(Borders.hull(List.of())).isEmpty();
        assertThat(Borders.hull(points.subList(0, 1)).size()).isLessThan(4);
        assertThat(Borders.hull(points.subList(0, 2)).size()).isLessThan(4);
    }

    @Test
    void aDeviceThatDoesNotExistIsNotFound() {
        for (String id : List.of("none-such", "00000000-0000-0000-0000-000000000000")) {
            Visitor.Answer answer = visitors.person("mayor").get("/api/v1/devices/" + id);
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.code()).isEqualTo("DEVICE_NOT_FOUND");
            assertThat(visitors.person("mayor").get("/api/v1/devices/" + id + "/outages").status())
                    .isEqualTo(404);
        }
    }

    @Test
    void readingDevicesTakesAPermission() {
        assertThat(visitors.person("admin").get("/api/v1/devices").status()).isEqualTo(403);
        assertThat(
                        visitors.person("wang.wei")
                                .post("/api/v1/devices/reporters", Map.of("name", " "))
                                .status())
                .isEqualTo(400);
    }
}
