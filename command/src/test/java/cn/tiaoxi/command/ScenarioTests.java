package cn.tiaoxi.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScenarioTests {
    private final Scenario scenario = Scenario.read(Path.of("../city/huzhou/demonstration.yaml"));

    @Test
    void whatIsAskedForExists() {
        for (Scenario.Request request : scenario.requests()) {
            Scenario.Dataset dataset = serving(request.lookup());
            assertThat(dataset.lookup().fields()).containsAll(request.fields());
            assertThat(scenario.applications())
                    .extracting(Scenario.Application::name)
                    .contains(request.application());
        }
    }

    @Test
    void interfacesServeColumnsOfTheirTable() {
        for (Scenario.Dataset dataset : scenario.datasets()) {
            Set<String> names = new HashSet<>();
            dataset.columns().forEach(column -> names.add(column.name()));
            Scenario.Lookup lookup = dataset.lookup();
            if (lookup != null) {
                assertThat(names).containsAll(lookup.fields());
                assertThat(lookup.fields()).containsAll(lookup.keys());
            }
        }
    }

    @Test
    void everyCallIsMadeUnderARequestThatIsApproved() {
        for (Scenario.Calls calls : scenario.calls()) {
            assertThat(scenario.requests())
                    .anyMatch(
                            request ->
                                    request.lookup().equals(calls.lookup())
                                            && request.application().equals(calls.application()));
            assertThat(serving(calls.lookup()).lookup().keys()).contains(calls.key());
        }
    }

    private Scenario.Dataset serving(String lookup) {
        return scenario.datasets().stream()
                .filter(dataset -> dataset.lookup() != null && dataset.lookup().id().equals(lookup))
                .findFirst()
                .orElseThrow();
    }
}
