package cn.tiaoxi.platform.sharing;

import cn.tiaoxi.platform.identity.Actor;
import cn.tiaoxi.platform.identity.People;
import cn.tiaoxi.platform.identity.Person;
import cn.tiaoxi.platform.personnel.KeyPerson;
import cn.tiaoxi.platform.personnel.ReachSource;
import cn.tiaoxi.platform.personnel.Reached;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What key persons and vendors reach over applications: programs, their keys and their grants. */
@Component
class AccessReach implements ReachSource {
    private static final int MOST_MANAGED = 200;

    private final ApplicationStore applications;
    private final GrantStore grants;
    private final People people;
    private final Clock clock;

    AccessReach(ApplicationStore applications, GrantStore grants, People people, Clock clock) {
        this.applications = applications;
        this.grants = grants;
        this.people = people;
        this.clock = clock;
    }

    @Override
    public List<Reached> of(KeyPerson person) {
        Map<String, Application> held = new LinkedHashMap<>();
        List<Reached> all = new ArrayList<>();
        for (Application each : applications.ofResponsible(person.entry())) {
            held.put(each.id(), each);
            all.add(caller(each, Reached.Kind.CALLER, true));
        }
        String username = person.username();
        if (username != null) {
            for (Application each : applications.withKeysOf(username)) {
                held.put(each.id(), each);
                keys(each, username, all);
            }
            managed(username, held, all);
        }
        held.values().forEach(a -> grants(a, all));
        return all;
    }

    @Override
    public List<Reached> ofVendor(String vendor, List<String> entries) {
        List<Reached> all = new ArrayList<>();
        for (Application each : applications.ofEntries(entries)) {
            all.add(caller(each, Reached.Kind.CALLER, true));
            grants(each, all);
        }
        return all;
    }

    private static Reached caller(Application each, Reached.Kind kind, boolean lost) {
        return new Reached(
                kind,
                each.id(),
                each.name(),
                "",
                "/applications/" + each.id(),
                each.mayCall(),
                lost);
    }

    private void keys(Application application, String username, List<Reached> all) {
        Instant now = clock.instant();
        for (Application.Key key : application.keys()) {
            Application.KeyState state = key.state(now);
            boolean gone =
                    state == Application.KeyState.REVOKED || state == Application.KeyState.EXPIRED;
            if (username.equals(key.madeBy()) && !gone) {
                all.add(
                        new Reached(
                                Reached.Kind.KEY,
                                key.id(),
                                key.id(),
                                application.name(),
                                "/applications/" + application.id(),
                                state == Application.KeyState.ACTIVE,
                                true));
            }
        }
    }

    /** What the account may manage is out of reach as soon as the account is off. */
    private void managed(String username, Map<String, Application> held, List<Reached> all) {
        Optional<Actor> actor =
                people.byUsername(username)
                        .filter(Person::active)
                        .map(people::wouldBe)
                        .filter(a -> a.may("application:manage"));
        if (actor.isPresent()) {
            applications
                    .ofOrganisations(actor.get().reach("application:manage"), MOST_MANAGED)
                    .stream()
                    .filter(a -> !held.containsKey(a.id()))
                    .forEach(a -> all.add(caller(a, Reached.Kind.MANAGED, true)));
        }
    }

    private void grants(Application application, List<Reached> all) {
        for (Grant grant : grants.ofApplication(application.id(), clock.instant())) {
            all.add(
                    new Reached(
                            Reached.Kind.GRANT,
                            grant.id(),
                            grant.datasetTitle(),
                            application.name(),
                            "/grants/" + grant.id(),
                            application.mayCall(),
                            false));
        }
    }
}
