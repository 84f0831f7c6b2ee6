package cn.tiaoxi.platform.device;

import cn.tiaoxi.platform.Visitor;
import cn.tiaoxi.platform.Visitors;
import cn.tiaoxi.platform.ledger.Author;
import cn.tiaoxi.platform.ledger.Entry;
import cn.tiaoxi.platform.ledger.Ledger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.boot.test.context.TestComponent;
import tools.jackson.databind.JsonNode;

/** Makes devices in the ledger, and machines that report them. */
@TestComponent
class TestDevices {
    static final String POLICE = "330500-police";
    static final String WATER = "330500-water";

    /** Kinds of the city's file: the first may be silent for less time than the second. */
    static final String CAMERA = "CAMERA";

    private final Ledger ledger;
    private final Visitors visitors;

    TestDevices(Ledger ledger, Visitors visitors) {
        this.ledger = ledger;
        this.visitors = visitors;
    }

    /** A device somewhere in Huzhou. */
    Entry add(String organisation, String kind) {
        return add(organisation, kind, 120.09, 30.87);
    }

    Entry add(String organisation, String kind, double lon, double lat) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("kind", kind);
        fields.put("division", "330502");
        fields.put("location", Map.of("type", "Point", "coordinates", List.of(lon, lat)));
        return ledger.add(
                Author.SYSTEM,
                new Ledger.NewEntry(
                        DeviceRegister.LEDGER,
                        null,
                        "设备" + UUID.randomUUID(),
                        organisation,
                        fields,
                        Map.of()));
    }

    /** A machine that may report devices of that organisation: its answer, with the token. */
    JsonNode reporter(String organisation) {
        Visitor.Answer made =
                visitors.person("zhao.lei")
                        .post(
                                "/api/v1/devices/reporters",
                                Map.of(
                                        "name",
                                        "网关" + UUID.randomUUID(),
                                        "organisation",
                                        organisation));
        if (made.status() != 201) {
            throw new AssertionError(made);
        }
        return made.json();
    }

    String token(String organisation) {
        return reporter(organisation).path("token").asString();
    }

    /** Reports as a machine does: a token, no session. */
    Visitor.Answer report(String token, Object body) {
        return visitors.anonymous()
                .post(
                        "/api/v1/devices/heartbeats",
                        body,
                        Map.of("Authorization", "Bearer " + token));
    }

    /** How a device fares. */
    JsonNode device(Entry entry) {
        return visitors.person("zhao.lei")
                .get("/api/v1/devices/" + entry.id())
                .json()
                .path("device");
    }

    /** A device's outages, newest first. */
    JsonNode outages(Entry entry) {
        return visitors.person("zhao.lei")
                .get("/api/v1/devices/" + entry.id() + "/outages")
                .json()
                .path("items");
    }
}
