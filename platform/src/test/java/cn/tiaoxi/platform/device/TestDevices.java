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
import java.util.concurrent.atomic.AtomicReference;
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
    private final AtomicReference<Visitor> steward = new AtomicReference<>();

    TestDevices(Ledger ledger, Visitors visitors) {
        this.ledger = ledger;
        this.visitors = visitors;
    }

    private static final String DIVISION = "330502001";

    /** Signs the steward in anew, since a moved clock ends sessions. */
    void signIn() {
        steward.set(visitors.signIn("zhao.lei", "tiaoxi-2026"));
    }

    /** Who may see and manage all devices. */
    Visitor steward() {
        Visitor signedIn = steward.get();
        return signedIn == null ? visitors.person("zhao.lei") : signedIn;
    }

    /** A device in use somewhere in Huzhou. */
    Entry add(String organisation, String kind) {
        return add(organisation, kind, 120.09, 30.87);
    }

    Entry add(String organisation, String kind, double lon, double lat) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("kind", kind);
        fields.put("division", DIVISION);
        fields.put("model", "TX-1");
        fields.put("maker", "测试仪器厂");
        fields.put("serial", UUID.randomUUID().toString());
        fields.put("measures", "影像");
        fields.put("captures", true);
        fields.put("sign", true);
        fields.put("address", "测试路 1 号");
        fields.put("protocol", "HTTP");
        fields.put("heartbeat", 60);
        fields.put("installed", "2025-03-01");
        fields.put("keeper", "王伟");
        fields.put("location", Map.of("type", "Point", "coordinates", List.of(lon, lat)));
        Entry registered =
                ledger.add(
                        Author.SYSTEM,
                        new Ledger.NewEntry(
                                DeviceRegister.LEDGER,
                                null,
                                "测试路口设备" + UUID.randomUUID(),
                                organisation,
                                fields,
                                Map.of()));
        return ledger.move(Author.SYSTEM, DeviceRegister.LEDGER, registered.id(), "use", null);
    }

    /** A machine that may report devices of that organisation: its answer, with the token. */
    JsonNode reporter(String organisation) {
        Visitor.Answer made =
                steward()
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
        return steward().get("/api/v1/devices/" + entry.id()).json().path("device");
    }

    /** A device's outages, newest first. */
    JsonNode outages(Entry entry) {
        return steward().get("/api/v1/devices/" + entry.id() + "/outages").json().path("items");
    }
}
