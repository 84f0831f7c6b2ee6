package cn.tiaoxi.platform.violation;

import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.city.WorkingCalendar;
import cn.tiaoxi.platform.violation.ViolationRule.Against;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Decides which calls a rule counts, and against whom. */
@Component
class Matching {
    private static final Pattern BETWEEN = Pattern.compile("[\\u3001\\uff0c,\\uff1b;\\s]+");

    private final SeenStore store;
    private final WindowStore tallies;
    private final WorkingCalendar calendar;
    private final Organisations organisations;

    Matching(
            SeenStore store,
            WindowStore tallies,
            WorkingCalendar calendar,
            Organisations organisations) {
        this.store = store;
        this.tallies = tallies;
        this.calendar = calendar;
        this.organisations = organisations;
    }

    /**
     * What is to be known of a stretch of calls.
     *
     * @param matters by grant
     * @param applications by key
     * @param organisations by application and by interface, of those that are there and no trial
     * @param exempted {@code rule/subject}
     */
    record Known(
            Map<String, String> matters,
            Map<String, String> applications,
            Map<String, String> organisations,
            Set<String> suspended,
            Set<String> exempted) {}

    Known known(List<Seen> all, LocalDate today) {
        Set<String> nameless =
                all.stream()
                        .filter(s -> s.application().isEmpty())
                        .map(Seen::key)
                        .collect(Collectors.toSet());
        Map<String, String> keys = store.applicationsOf(nameless);
        Set<String> applications = named(all, Seen::application);
        applications.addAll(keys.values());
        Map<String, String> owners = new HashMap<>(store.real(applications));
        owners.putAll(store.owners(named(all, Seen::interfaceId)));
        return new Known(
                store.matters(named(all, Seen::grant)),
                keys,
                owners,
                store.suspended(applications).keySet(),
                tallies.exempted(today));
    }

    private static Set<String> named(Collection<Seen> all, Function<Seen, String> name) {
        return all.stream()
                .map(name)
                .filter(n -> !n.isEmpty())
                .collect(Collectors.toCollection(java.util.HashSet::new));
    }

    /** Against whom the rule counts that, or null if it does not. */
    @Nullable String subject(ViolationRule rule, Seen seen, Known known) {
        if (!counts(rule, seen, known)) {
            return null;
        }
        String subject =
                rule.against() == Against.INTERFACE
                        ? seen.interfaceId()
                        : seen.application().isEmpty()
                                ? known.applications().getOrDefault(seen.key(), "")
                                : seen.application();
        boolean there = known.organisations().containsKey(subject);
        return there && !known.exempted().contains(rule.id() + "/" + subject) ? subject : null;
    }

    private boolean counts(ViolationRule rule, Seen seen, Known known) {
        return switch (rule.sign()) {
            case WALK, SUBJECTS, NETWORKS, WEAK, OVER_RETURN ->
                    seen.mark().equals(rule.sign().name());
            case OUTCOME -> seen.isCall() && rule.outcomeSet().contains(seen.outcome());
            case MATTER -> seen.isAnswered() && isForAnotherMatter(seen, known);
            case HOURS ->
                    seen.isAnswered()
                            && matters(known.matters().getOrDefault(seen.grant(), ""))
                                    .anyMatch(rule.matterSet()::contains)
                            && !calendar.isWorkingTime(seen.time());
            case OWNER ->
                    seen.outcome().equals("APPLICATION_DISABLED")
                            && known.suspended().contains(seen.application());
            case ORPHAN ->
                    seen.isAnswered()
                            && !seen.owner().isEmpty()
                            && organisations.find(seen.owner()).isEmpty();
            case VERDICT -> false;
        };
    }

    private static boolean isForAnotherMatter(Seen seen, Known known) {
        String asked = known.matters().getOrDefault(seen.grant(), "");
        String named = plain(seen.matter()).strip();
        return !asked.isBlank()
                && !named.isEmpty()
                && !asked.strip().equals(named)
                && matters(named).noneMatch(m -> matters(asked).anyMatch(m::equals));
    }

    private static Stream<String> matters(String text) {
        return Arrays.stream(BETWEEN.split(text.strip())).filter(m -> !m.isEmpty());
    }

    /** What is no ASCII comes percent-encoded; what only looks so stays as it is. */
    private static String plain(String matter) {
        if (matter.indexOf('%') < 0) {
            return matter;
        }
        try {
            return URLDecoder.decode(matter, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return matter;
        }
    }
}
