package cn.tiaoxi.platform.device;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.platform.PlatformTest;
import cn.tiaoxi.platform.ledger.EntriesChanged;
import cn.tiaoxi.platform.ledger.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The register follows many changes at once. */
@PlatformTest
@Import(TestDevices.class)
class DeviceRegisterTests {
    @Autowired private TestDevices devices;
    @Autowired private DeviceRegister register;
    @Autowired private JdbcClient database;

    @Test
    void followingManyEntriesWritesOnlyWhatIsNotAsTheLedgerHasIt() {
        List<Entry> entries =
                IntStream.range(0, 12)
                        .mapToObj(n -> devices.add(TestDevices.POLICE, TestDevices.CAMERA))
                        .toList();
        List<String> ids = new ArrayList<>(entries.stream().map(Entry::id).toList());
        List<String> before = rows(ids);
        change("UPDATE device.device SET title = 'x' WHERE entry = :id::uuid", ids.get(0));
        change("DELETE FROM device.device WHERE entry = :id::uuid", ids.get(1));

        List<String> asked = new ArrayList<>(ids);
        asked.add(ids.getFirst());
        asked.add(UUID.randomUUID().toString());
        register.changed(new EntriesChanged(DeviceRegister.LEDGER, asked, "import"));

        List<String> after = rows(ids);
        assertThat(after).hasSize(12);
        assertThat(after.subList(2, 12)).isEqualTo(before.subList(2, 12));
        assertThat(devices.device(entries.get(0)).path("title").asString())
                .isEqualTo(entries.get(0).title());
        assertThat(devices.device(entries.get(1)).path("state").asString()).isEqualTo("UNSEEN");
        assertThat(devices.outages(entries.get(1))).hasSize(1);
        assertThat(devices.outages(entries.get(0))).hasSize(1);
    }

    @Test
    void whatHangsOnADeviceIsMendedWhenAllAreCompared() {
        Entry camera = devices.add(TestDevices.POLICE, TestDevices.CAMERA);
        change("DELETE FROM device.state WHERE entry = :id::uuid", camera.id());
        change("DELETE FROM device.outage WHERE entry = :id::uuid", camera.id());

        register.compare();
        register.compare();

        assertThat(devices.device(camera).path("state").asString()).isEqualTo("UNSEEN");
        assertThat(devices.outages(camera)).hasSize(1);
    }

    private void change(String sql, String id) {
        assertThat(database.sql(sql).param("id", id).update()).isEqualTo(1);
    }

    /** The rows with the place and version that PostgreSQL gives each: a write shows. */
    private List<String> rows(List<String> ids) {
        return ids.stream()
                .map(
                        id ->
                                database.sql(
                                                """
                                                SELECT concat(d.ctid, d.xmax, s.ctid, s.xmax,
                                                              o.ctid, o.xmax)
                                                  FROM device.device d
                                                  JOIN device.state s USING (entry)
                                                  JOIN device.outage o USING (entry)
                                                 WHERE d.entry = :id::uuid AND o.until IS NULL
                                                """)
                                        .param("id", id)
                                        .query(String.class)
                                        .single())
                .toList();
    }
}
