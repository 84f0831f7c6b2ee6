package cn.tiaoxi.bench;

import cn.tiaoxi.platform.duplicate.Aspect;
import cn.tiaoxi.platform.duplicate.DuplicateIndex;
import cn.tiaoxi.platform.duplicate.Subject;
import cn.tiaoxi.platform.duplicate.Synonyms;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Puts the check for duplicates to the test in a generated city: finds planted duplicates, and
 * counts alarms for proposals that nothing like exists for.
 */
final class DuplicateTrial {
    static final int APPLICATIONS = 12_000;
    static final int DUPLICATES = 600;
    static final int UNRELATED = 600;
    static final double THRESHOLD = DuplicateIndex.USUAL_THRESHOLD;

    static final List<Aspect> ASPECTS =
            List.of(
                    new Aspect("title", Aspect.Form.WORDS, 4),
                    new Aspect("functions", Aspect.Form.WORDS, 3),
                    new Aspect("matters", Aspect.Form.WORDS, 2),
                    new Aspect("datasets", Aspect.Form.VALUES, 2),
                    new Aspect("organisation", Aspect.Form.ORGANISATION, 1));

    /**
     * A proposal.
     *
     * @param original number of the application that it repeats, or −1
     * @param far whether it is reworded outside the table, or has a subject of its own
     */
    record Proposal(CityOfApplications.Application application, int original, boolean far) {}

    private final List<CityOfApplications.Application> applications = new ArrayList<>();
    private final List<Proposal> proposals = new ArrayList<>();
    private final List<Subject> subjects = new ArrayList<>();
    private final DuplicateIndex index;

    DuplicateTrial(long seed, Synonyms synonyms) {
        CityOfApplications city = new CityOfApplications(seed);
        for (int i = 0; i < APPLICATIONS; i++) {
            applications.add(city.next());
        }
        plant(city);
        index = new DuplicateIndex(ASPECTS, synonyms);
        for (int i = 0; i < APPLICATIONS; i++) {
            subjects.add(applications.get(i).subject());
            index.put(id(i), subjects.get(i));
        }
    }

    private void plant(CityOfApplications city) {
        Rewording rewording = new Rewording(city);
        while (proposals.size() < DUPLICATES) {
            int original = city.random().nextInt(APPLICATIONS);
            boolean far = proposals.size() % 3 == 0;
            var application = applications.get(original);
            if (!far || rewording.hasOutside(application)) {
                proposals.add(new Proposal(rewording.of(application, far), original, far));
            }
        }
        for (int i = 0; i < UNRELATED; i++) {
            var unrelated = i % 2 == 0 ? city.nearMiss() : city.stranger();
            proposals.add(new Proposal(unrelated, -1, i % 2 == 1));
        }
    }

    /** The table of the city of Huzhou. */
    static Synonyms synonyms() {
        try {
            Path file = Path.of("city/huzhou/synonyms.yaml");
            Path found = Files.exists(file) ? file : Path.of("..").resolve(file);
            Synonyms.Table table =
                    YAMLMapper.builder()
                            .build()
                            .readValue(Files.readAllBytes(found), Synonyms.Table.class);
            return new Synonyms(
                    table,
                    List.of(
                            "湖州市", "湖州", "吴兴区", "吴兴", "南浔区", "南浔", "德清县", "德清", "长兴县", "长兴", "安吉县",
                            "安吉", "南太湖新区"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static UUID id(int number) {
        return new UUID(0, number);
    }

    /** The applications of these identifiers, as the ledger would give them. */
    Map<UUID, Subject> read(Collection<UUID> ids) {
        Map<UUID, Subject> found = new HashMap<>();
        for (UUID each : ids) {
            found.put(each, subjects.get((int) each.getLeastSignificantBits()));
        }
        return found;
    }

    /** An application that was found, and how like the proposal it is. */
    record Found(int number, double score) {}

    /** Finds the five applications that a proposal is most like. */
    interface Finder {
        List<Found> nearest(CityOfApplications.Application proposal);
    }

    /** The platform's way. */
    Finder ours() {
        return proposal -> nearest(proposal.subject());
    }

    /** The platform's way, for somebody who has typed the title only. */
    Finder oursByTitle() {
        return proposal -> nearest(new Subject(Map.of("title", List.of(proposal.title()))));
    }

    private List<Found> nearest(Subject subject) {
        return index.nearest(subject, null, 5, 0, this::read).stream()
                .map(m -> new Found((int) m.id().getLeastSignificantBits(), m.likeness().score()))
                .toList();
    }

    /**
     * What came out, each a share of its proposals.
     *
     * @param recall planted duplicates whose original is among the first five
     * @param recallUsual the same for usual rewordings
     * @param recallOutside the same for rewordings in words outside the table
     * @param alarmed planted duplicates whose original raises an alarm
     * @param alarmedUsual the same for usual rewordings
     * @param falseAlarms proposals that raise an alarm though nothing like them exists
     * @param falseAlarmsNear the same for those that share their subject with others
     * @param falseAlarmsStranger the same for those with a subject of their own
     */
    record Result(
            double recall,
            double recallUsual,
            double recallOutside,
            double alarmed,
            double alarmedUsual,
            double falseAlarms,
            double falseAlarmsNear,
            double falseAlarmsStranger) {}

    Result run(Finder finder) {
        Map<String, int[]> counts = new HashMap<>();
        for (Proposal proposal : proposals) {
            List<Found> found = finder.nearest(proposal.application());
            if (proposal.original() < 0) {
                boolean alarm = !found.isEmpty() && found.getFirst().score() >= THRESHOLD;
                count(counts, proposal.far() ? "stranger" : "near", alarm);
            } else {
                count(counts, proposal.far() ? "outside" : "usual", has(found, proposal, 0));
                count(
                        counts,
                        proposal.far() ? "alarmed outside" : "alarmed usual",
                        has(found, proposal, THRESHOLD));
            }
        }
        return new Result(
                share(counts, "outside", "usual"),
                share(counts, "usual"),
                share(counts, "outside"),
                share(counts, "alarmed usual", "alarmed outside"),
                share(counts, "alarmed usual"),
                share(counts, "near", "stranger"),
                share(counts, "near"),
                share(counts, "stranger"));
    }

    private static boolean has(List<Found> found, Proposal proposal, double least) {
        return found.stream()
                .anyMatch(f -> f.number() == proposal.original() && f.score() >= least);
    }

    private static void count(Map<String, int[]> counts, String name, boolean yes) {
        int[] count = counts.computeIfAbsent(name, n -> new int[2]);
        count[0] += yes ? 1 : 0;
        count[1]++;
    }

    private static double share(Map<String, int[]> counts, String... names) {
        int yes = 0;
        int all = 0;
        for (String name : names) {
            int[] count = counts.getOrDefault(name, new int[2]);
            yes += count[0];
            all += count[1];
        }
        return all == 0 ? 0 : (double) yes / all;
    }

    List<Proposal> proposals() {
        return proposals;
    }

    List<CityOfApplications.Application> applications() {
        return applications;
    }

    DuplicateIndex index() {
        return index;
    }

    /** The subject of a proposal; after the last one they begin anew. */
    Subject proposal(int number) {
        return proposals.get(number % proposals.size()).application().subject();
    }
}
