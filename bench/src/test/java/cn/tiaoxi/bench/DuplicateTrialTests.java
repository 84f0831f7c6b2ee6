package cn.tiaoxi.bench;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.platform.duplicate.Aspect;
import cn.tiaoxi.platform.duplicate.DuplicateIndex;
import cn.tiaoxi.platform.duplicate.Subject;
import cn.tiaoxi.platform.duplicate.Synonyms;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DuplicateTrialTests {
    private final Synonyms synonyms = DuplicateTrial.synonyms();

    /** Another city than those that the scores were fitted on. */
    @Test
    void plantedDuplicatesAreAmongTheFirstFiveAndAlarmsAreSeldomFalse() {
        DuplicateTrial trial = new DuplicateTrial(7_331, synonyms);

        DuplicateTrial.Result ours = trial.run(trial.ours());
        DuplicateTrial.Result plain = trial.run(new TitleCosine(trial.applications())::nearest);
        System.out.printf(
                Locale.ROOT,
                "duplicates: recall@5 %.1f %% (usual rewordings %.1f %%, outside the table %.1f %%);"
                        + " usual ones alarmed %.1f %%; %.1f false alarms per hundred proposals;"
                        + " by pairs of the title alone recall@5 %.1f %%%n",
                100 * ours.recall(),
                100 * ours.recallUsual(),
                100 * ours.recallOutside(),
                100 * ours.alarmedUsual(),
                100 * ours.falseAlarms(),
                100 * plain.recall());

        assertThat(ours.recall()).isGreaterThanOrEqualTo(0.95);
        assertThat(ours.recallOutside()).isGreaterThanOrEqualTo(0.9);
        assertThat(ours.alarmedUsual()).isGreaterThanOrEqualTo(0.85);
        assertThat(ours.falseAlarms()).isLessThanOrEqualTo(0.1);
        assertThat(plain.recall()).isLessThan(ours.recall());
    }

    @Test
    void theCityHas350DepartmentsAndNoTwoApplicationsAlike() {
        CityOfApplications city = new CityOfApplications(1);
        Set<String> departments = new HashSet<>();
        Set<CityOfApplications.Deed> deeds = new HashSet<>();
        for (int i = 0; i < DuplicateTrial.APPLICATIONS; i++) {
            CityOfApplications.Application application = city.next();
            departments.add(application.organisation());
            deeds.add(application.deed());
        }
        assertThat(departments).hasSize(CityOfApplications.DEPARTMENTS);
        assertThat(deeds).hasSize(DuplicateTrial.APPLICATIONS);
    }

    @Test
    void aThirdOfTheRewordingsAreInWordsThatTheTableDoesNotKnow() {
        DuplicateTrial trial = new DuplicateTrial(1, synonyms);
        assertThat(trial.proposals().stream().filter(p -> p.original() >= 0 && p.far()).count())
                .isEqualTo(DuplicateTrial.DUPLICATES / 3);
    }

    @Test
    void theUnusualRewordingsAreOutsideTheTable() {
        List<String> known = pairs("city-outside.txt", true);
        assertThat(Rewording.table("city-outside.txt")).hasSizeGreaterThan(100);
        assertThat(known).isEmpty();
    }

    @Test
    void theUsualRewordingsAreMostlyInIt() {
        assertThat(pairs("city-plain.txt", true).size())
                .isGreaterThan(4 * pairs("city-plain.txt", false).size());
    }

    /** The pairs of a rewording that the table takes for the same, or does not. */
    private List<String> pairs(String name, boolean same) {
        List<String> found = new ArrayList<>();
        Rewording.table(name)
                .forEach(
                        (word, others) -> {
                            for (String other : others) {
                                if (!word.equals(other) && isSame(word, other) == same) {
                                    found.add(word + " " + other);
                                }
                            }
                        });
        return found;
    }

    private boolean isSame(String word, String other) {
        DuplicateIndex index =
                new DuplicateIndex(List.of(new Aspect("title", Aspect.Form.WORDS, 1)), synonyms);
        Subject subject = new Subject(Map.of("title", List.of(word)));
        index.put(new UUID(0, 1), subject);
        List<DuplicateIndex.Match> found =
                index.nearest(
                        new Subject(Map.of("title", List.of(other))),
                        null,
                        1,
                        0,
                        ids -> Map.of(new UUID(0, 1), subject));
        return !found.isEmpty() && found.getFirst().likeness().score() > 0.99;
    }
}
