package cn.tiaoxi.bench;

import cn.tiaoxi.bench.FaultyService.Manner;
import cn.tiaoxi.contract.Wire;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Judges each answer of a soak: whether it is one that may be given, and whether anything left that
 * must not. Safe for use by threads.
 */
final class SoakAnswers {
    /** What a gateway may say of a service or a database that is not well. */
    private static final Set<String> EXCUSES =
            Set.of(
                    "SERVING_UNAVAILABLE",
                    "QUOTA_STORE_UNAVAILABLE",
                    "UPSTREAM_UNREACHABLE",
                    "UPSTREAM_TIMEOUT",
                    "UPSTREAM_STATUS",
                    "UPSTREAM_ANSWER_INVALID",
                    "UPSTREAM_SUSPENDED",
                    "UPSTREAM_BUSY");

    private static final Set<String> MEMBERS =
            Set.of("household", "name", "phone", "address", "division", "born", "updated");

    private final Map<String, LongAdder> outcomes = new ConcurrentSkipListMap<>();
    private final Map<String, Integer> statuses = new ConcurrentHashMap<>();
    private final Map<String, String> wrong = new ConcurrentSkipListMap<>();
    private final LongAdder wrongs = new LongAdder();
    private final LongAdder unmasked = new LongAdder();
    private final LongAdder withoutIdentifier = new LongAdder();

    /**
     * What came of a call.
     *
     * @param body as far as it came
     * @param broken whether the connection ended before the body did
     */
    record Answer(int status, @Nullable String requestId, byte[] body, boolean broken) {
        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    /** Judges an answer from a table to a call for a household. */
    void ofTable(int household, Answer answer) {
        keep("table", answer);
        if (answer.status() != 200) {
            require(EXCUSES.contains(code(answer)), "table", answer);
            return;
        }
        JsonNode rows = read(answer).path("rows");
        boolean right = !answer.broken() && rows.size() == 10;
        for (int i = 0; i < rows.size() && right; i++) {
            JsonNode row = rows.get(i);
            String phone = String.format("138%08d", household * 10 + i);
            right =
                    isGranted(row)
                            && row.path("household").asInt() == household
                            && row.path("name").asString().equals("王**")
                            && row.path("phone").asString().equals("138****" + phone.substring(7));
        }
        require(right, "table", answer);
    }

    /**
     * Judges an answer to a call under a grant that is revoked and given again all the time.
     *
     * @param active whether it was in force from before the call until after it; null for both
     */
    void ofChangingGrant(@Nullable Boolean active, Answer answer) {
        keep("changing", answer);
        boolean excused = EXCUSES.contains(code(answer));
        boolean refused = code(answer).equals("GRANT_REVOKED");
        boolean answered = answer.status() == 200;
        boolean right =
                active == null ? answered || refused || excused : active ? answered : refused;
        require(right || active != null && active && excused, "changing grant " + active, answer);
    }

    /** Judges an answer from a service. */
    void ofService(Manner manner, Answer answer) {
        String name = manner.path();
        keep(name, answer);
        String text = answer.text();
        if (text.contains(FaultyService.NAME)
                || text.contains(FaultyService.PHONE)
                || text.contains(FaultyService.UNREGISTERED)) {
            unmasked.increment();
            wrong.putIfAbsent(name + " unmasked", shortened(text));
        }
        if (answer.status() != 200) {
            require(EXCUSES.contains(code(answer)), name, answer);
            return;
        }
        require(manner.answers(), name, answer);
        if (answer.broken()) {
            require(manner == Manner.LONG_CUT, name, answer);
            return;
        }
        require(manner != Manner.LONG_CUT, name, answer);
        JsonNode rows = read(answer).path("rows");
        boolean right = rows.size() == (manner == Manner.LONG ? 20_000 : 10);
        for (int i = 0; i < rows.size() && right; i++) {
            JsonNode row = rows.get(i);
            right =
                    isGranted(row)
                            && row.path("household").asInt() == i
                            && row.path("name").asString().equals("王**")
                            && row.path("phone").asString().equals("138****2345");
        }
        require(right, name, answer);
    }

    /** Judges an answer to a forged call. */
    void ofForgery(Answer answer) {
        keep("forged", answer);
        require(code(answer).equals("SIGNATURE_INVALID"), "forged", answer);
    }

    private static boolean isGranted(JsonNode row) {
        return row.propertyStream().allMatch(member -> MEMBERS.contains(member.getKey()));
    }

    private void keep(String name, Answer answer) {
        String outcome = answer.status() == 200 ? "200" : code(answer);
        String key = name + " " + (answer.broken() ? "broken" : outcome);
        outcomes.computeIfAbsent(key, k -> new LongAdder()).increment();
        if (answer.requestId() == null) {
            withoutIdentifier.increment();
        } else {
            statuses.put(answer.requestId(), answer.status());
        }
    }

    private void require(boolean holds, String what, Answer answer) {
        if (!holds) {
            wrongs.increment();
            wrong.putIfAbsent(
                    what + " " + answer.status() + (answer.broken() ? " broken" : ""),
                    shortened(answer.text()));
        }
    }

    private static String code(Answer answer) {
        return answer.status() == 200 ? "" : read(answer).path("code").asString();
    }

    private static JsonNode read(Answer answer) {
        try {
            return Wire.JSON.readTree(answer.body());
        } catch (JacksonException e) {
            return Wire.JSON.createObjectNode();
        }
    }

    private static String shortened(String text) {
        return text.length() <= 300 ? text : text.substring(0, 300) + "…";
    }

    /** How often what came of which calls. */
    Map<String, Long> outcomes() {
        Map<String, Long> counts = new TreeMap<>();
        outcomes.forEach((name, count) -> counts.put(name, count.sum()));
        return counts;
    }

    /** The status of each answered call, by its identifier. */
    Map<String, Integer> statuses() {
        return statuses;
    }

    /** One example of each kind of wrong answer. */
    Map<String, String> wrong() {
        return wrong;
    }

    long wrongs() {
        return wrongs.sum();
    }

    long unmasked() {
        return unmasked.sum();
    }

    long withoutIdentifier() {
        return withoutIdentifier.sum();
    }
}
