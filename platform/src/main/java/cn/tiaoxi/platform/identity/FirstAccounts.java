package cn.tiaoxi.platform.identity;

import cn.tiaoxi.platform.city.CityFolder;
import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.database.DataFolder;
import cn.tiaoxi.platform.evidence.Who;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The accounts that exist at the first start: an administrator with a random password in a file, or
 * with the demonstration its people, whose passwords everybody knows. The latter exist only while
 * the platform listens on a loopback address.
 */
@Component
public class FirstAccounts implements SmartInitializingSingleton {
    private static final Logger LOG = LoggerFactory.getLogger(FirstAccounts.class);

    private final People people;
    private final Organisations organisations;
    private final DataFolder data;
    private final IdentityProperties properties;
    private final List<DemoPerson> demo;

    /** One of the demonstration's people. */
    public record DemoPerson(
            String username,
            String password,
            String name,
            String organisation,
            Set<String> roles) {}

    /** The shape of {@code demo.yaml}. */
    record DemoFile(List<DemoPerson> people) {}

    FirstAccounts(
            People people,
            CityFolder folder,
            Organisations organisations,
            DataFolder data,
            IdentityProperties properties,
            @Value("${server.address:127.0.0.1}") InetAddress address) {
        this.people = people;
        this.organisations = organisations;
        this.data = data;
        this.properties = properties;
        if (properties.demo() && !address.isLoopbackAddress()) {
            throw new IllegalStateException(
                    "The demonstration runs on a loopback address only, not on "
                            + address.getHostAddress()
                            + "; leave server.address away or run without --demo");
        }
        this.demo =
                properties.demo() ? folder.read("demo.yaml", DemoFile.class).people() : List.of();
    }

    /** The demonstration's people; none without it. */
    public List<DemoPerson> demo() {
        return demo;
    }

    /** Adds what is missing, before the first request is answered. */
    @Override
    public void afterSingletonsInstantiated() {
        for (DemoPerson person : demo) {
            if (people.byUsername(person.username()).isEmpty()) {
                people.add(
                        Who.SYSTEM,
                        new People.NewPerson(
                                person.username(),
                                person.name(),
                                person.organisation(),
                                person.roles()),
                        person.password(),
                        true);
            }
        }
        if (people.byUsername("admin").isEmpty() && !properties.demo()) {
            addAdministrator();
        }
    }

    private void addAdministrator() {
        String password = data.secret("first-administrator.password").substring(0, 20);
        people.add(
                Who.SYSTEM,
                new People.NewPerson(
                        "admin", "系统管理员", organisations.top().code(), Set.of("administrator")),
                password,
                false);
        Path file = data.folder("keys").resolve("first-administrator.password");
        try {
            DataFolder.writePrivate(file, password + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        LOG.info("The first administrator is `admin`; the password stands in {}", file);
    }
}
