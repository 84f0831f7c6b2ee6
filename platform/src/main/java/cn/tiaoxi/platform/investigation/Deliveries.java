package cn.tiaoxi.platform.investigation;

import cn.tiaoxi.contract.DeliveryMark;
import cn.tiaoxi.contract.SubjectDigests;
import cn.tiaoxi.lake.delivery.DeliveryIndex;
import cn.tiaoxi.lake.delivery.DeliveryIndex.Hit;
import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.database.DataFolder;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The index over what was delivered, kept up with what the platform reads from the gateways' logs.
 * Its files are a copy: without them it is filled anew from the database.
 */
@Component
class Deliveries implements DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);
    private static final int MEMORY_MEGABYTES = 512;

    /** Parts of deliveries that are taken into one file at most. */
    private static final int AT_ONCE = 20_000;

    private final JdbcClient database;
    private final DataFolder data;
    private final ReentrantLock filling = new ReentrantLock();
    private @Nullable DeliveryIndex open;

    Deliveries(JdbcClient database, DataFolder data) {
        this.database = database;
        this.data = data;
    }

    private record Part(long id, byte[] digests) {}

    /** The index, with everything that has been read from the logs until now. */
    DeliveryIndex index() {
        filling.lock();
        try {
            return filled();
        } finally {
            filling.unlock();
        }
    }

    private DeliveryIndex filled() {
        DeliveryIndex index = open;
        if (index == null) {
            index =
                    DeliveryIndex.open(
                            data.folder("trace-index"),
                            data.folder("trace-index").resolve("scratch"),
                            MEMORY_MEGABYTES);
            open = index;
        }
        long last = last();
        if (last < index.indexed()) {
            LOG.warn("The index is ahead of the database, which was restored; filling it anew");
            index.clear();
        }
        while (takeUp(index)) {
            LOG.debug("{} digests are indexed", index.size());
        }
        return index;
    }

    /** On a thread of its own: filled for the first time, it takes minutes. */
    @Async
    @Scheduled(fixedDelayString = "PT30S", initialDelayString = "PT45S")
    void keepUp() {
        if (filling.tryLock()) {
            try {
                filled();
            } finally {
                filling.unlock();
            }
        }
    }

    private boolean takeUp(DeliveryIndex index) {
        List<Part> parts =
                database.sql(
                                """
                                SELECT id, digests FROM published.delivery
                                 WHERE id > :after ORDER BY id LIMIT :limit
                                """)
                        .param("after", index.indexed())
                        .param("limit", AT_ONCE)
                        .query((row, n) -> new Part(row.getLong("id"), row.getBytes("digests")))
                        .list();
        if (parts.isEmpty()) {
            return false;
        }
        index.add(
                pairs ->
                        parts.forEach(
                                part -> {
                                    for (long digest : SubjectDigests.read(part.digests())) {
                                        pairs.add(digest, part.id());
                                    }
                                }),
                parts.getLast().id());
        return parts.size() == AT_ONCE;
    }

    private long last() {
        return database.sql("SELECT coalesce(max(id), 0) FROM published.delivery")
                .query(Long.class)
                .single();
    }

    /** A key and a kind of subject that digests were left under. */
    record KeyedKind(String key, String kind) {}

    /** The keys and kinds of a dataset's deliveries; of all for no dataset. */
    List<KeyedKind> kinds(String dataset) {
        return database.sql(
                        """
                        SELECT DISTINCT key, kind FROM published.delivery_kind
                         WHERE :dataset = '' OR dataset = :dataset ORDER BY 1, 2
                        """)
                .param("dataset", dataset)
                .query((row, n) -> new KeyedKind(row.getString("key"), row.getString("kind")))
                .list();
    }

    /** All datasets of which anything was delivered. */
    List<String> datasets() {
        return database.sql(
                        "SELECT DISTINCT dataset FROM published.delivery_kind WHERE dataset <> ''")
                .query(String.class)
                .list();
    }

    /** The datasets of which subjects of a kind were delivered. */
    List<String> datasets(String kind) {
        return database.sql(
                        """
                        SELECT DISTINCT dataset FROM published.delivery_kind
                         WHERE kind = :kind AND dataset <> ''
                        """)
                .param("kind", kind)
                .query(String.class)
                .list();
    }

    /**
     * A part of a marked file that was delivered.
     *
     * @param key identifier of the digest key
     * @param portions how many of the digests each portion has
     */
    record MarkedPart(
            long id,
            String export,
            String application,
            String key,
            Set<DeliveryMark> marks,
            int[] portions,
            long[] digests,
            long[] canaries) {}

    /**
     * Marked files that were delivered, part by part: those with one of some deliveries, and the
     * newest of a dataset.
     *
     * @param most most parts
     */
    List<MarkedPart> marked(Set<Long> holding, String dataset, int most) {
        return database.sql(
                        """
                        SELECT id, export, application, key, marks, portions, digests, canaries
                          FROM published.delivery
                         WHERE marks <> '{}' AND time IS NOT NULL
                           AND (id = ANY(:holding) OR :dataset <> '' AND dataset = :dataset)
                         ORDER BY id = ANY(:holding) DESC, time DESC, id
                         LIMIT :most
                        """)
                .param("holding", holding.toArray(Long[]::new))
                .param("dataset", dataset)
                .param("most", most)
                .query(Deliveries::markedPart)
                .list();
    }

    private static MarkedPart markedPart(ResultSet row, int number) throws SQLException {
        Set<DeliveryMark> marks = EnumSet.noneOf(DeliveryMark.class);
        for (String each : (String[]) row.getArray("marks").getArray()) {
            marks.add(DeliveryMark.valueOf(each));
        }
        return new MarkedPart(
                row.getLong("id"),
                row.getString("export"),
                row.getString("application"),
                row.getString("key"),
                marks,
                Arrays.stream((Integer[]) row.getArray("portions").getArray())
                        .mapToInt(Integer::intValue)
                        .toArray(),
                SubjectDigests.read(row.getBytes("digests")),
                SubjectDigests.read(row.getBytes("canaries")));
    }

    /** Who received what a dataset's deliveries hold: application and delivery. */
    Recipients recipients(String dataset) {
        Map<String, Integer> numbers = new HashMap<>();
        List<String> applications = new ArrayList<>();
        Map<Long, Integer> ofDelivery = new HashMap<>();
        database.sql(
                        """
                        SELECT id, application FROM published.delivery
                         WHERE (:dataset = '' OR dataset = :dataset) AND time IS NOT NULL
                        """)
                .param("dataset", dataset)
                .withFetchSize(10_000)
                .query(
                        (ResultSet row) -> {
                            String application = row.getString("application");
                            Integer number = numbers.get(application);
                            if (number == null) {
                                number = applications.size();
                                numbers.put(application, number);
                                applications.add(application);
                            }
                            ofDelivery.put(row.getLong("id"), number);
                        });
        return new Recipients(applications, ofDelivery);
    }

    /**
     * Who received what.
     *
     * @param applications identifiers by number
     * @param ofDelivery the number of the application that received a delivery
     */
    record Recipients(List<String> applications, Map<Long, Integer> ofDelivery) {
        /** The application that received a delivery; empty text for none. */
        String of(long delivery) {
            Integer number = ofDelivery.get(delivery);
            return number == null ? "" : applications.get(number);
        }

        /** The deliveries to one application. */
        Set<Long> to(int application) {
            Set<Long> deliveries = new HashSet<>();
            ofDelivery.forEach(
                    (delivery, number) -> {
                        if (number == application) {
                            deliveries.add(delivery);
                        }
                    });
            return deliveries;
        }
    }

    /** The deliveries that hold any of a few digests, each once. */
    List<Long> holding(Set<Long> digests) {
        return index().find(digests).stream().map(Hit::delivery).distinct().toList();
    }

    /**
     * Of some deliveries those that left digests of the kind under one of the keys, and were
     * received: an export that nobody fetched was not.
     */
    List<Long> confirmed(List<Long> found, Set<String> keys, String kind, String dataset) {
        if (found.isEmpty()) {
            return List.of();
        }
        return database.sql(
                        """
                        SELECT id FROM published.delivery
                         WHERE id = ANY(:ids) AND kind = :kind AND key = ANY(:keys)
                           AND (:dataset = '' OR dataset = :dataset) AND time IS NOT NULL
                         ORDER BY time DESC
                        """)
                .param("ids", found.toArray(Long[]::new))
                .param("keys", keys.toArray(String[]::new))
                .param("kind", kind)
                .param("dataset", dataset)
                .query(Long.class)
                .list();
    }

    /** The deliveries that an investigation found, the fullest and then the newest first. */
    Page<FoundDelivery> found(String investigation, String application, Slice slice) {
        String where =
                """
                  FROM investigation.hit h JOIN published.delivery d ON d.id = h.delivery
                 WHERE h.investigation::text = :investigation
                   AND (:application = '' OR d.application = :application)
                   AND d.time IS NOT NULL
                """;
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("investigation", investigation);
        parameters.put("application", application);
        Slice.Order order = slice.order(Map.of("time", "d.time", "rows", "h.rows"), "-time");
        boolean byTime = order.expression().equals("d.time");
        long total =
                database.sql("SELECT count(*)" + where)
                        .params(parameters)
                        .query(Long.class)
                        .single();
        parameters.putAll(slice.parameters());
        List<FoundDelivery> rows =
                database.sql(
                                """
                                SELECT d.id, d.record::text AS record, d.origin, d.log_index,
                                       d.request, d.export, d.time, d.application,
                                       d.organisation, d.interface, d.dataset, d.sharing_grant,
                                       d.purpose, d.matter, d.fields, h.rows, d.subjects
                                """
                                        + where
                                        + order.condition(
                                                slice, "d.id", byTime ? "timestamptz" : "integer")
                                        + order.clause(slice, "d.id"))
                        .params(parameters)
                        .query(Deliveries::told)
                        .list();
        return slice.page(
                rows,
                total,
                d ->
                        new Slice.Position(
                                byTime ? d.time().toString() : Integer.toString(d.rows()),
                                Long.toString(d.id())));
    }

    private static FoundDelivery told(ResultSet row, int number) throws SQLException {
        return new FoundDelivery(
                row.getLong("id"),
                row.getString("record"),
                row.getString("origin"),
                row.getLong("log_index"),
                row.getString("request"),
                row.getString("export"),
                row.getObject("time", OffsetDateTime.class).toInstant(),
                row.getString("application"),
                row.getString("organisation"),
                row.getString("interface"),
                row.getString("dataset"),
                row.getString("sharing_grant"),
                row.getString("purpose"),
                row.getString("matter"),
                List.of((String[]) row.getArray("fields").getArray()),
                row.getInt("rows"),
                row.getInt("subjects"));
    }

    @Override
    public void destroy() {
        filling.lock();
        try {
            DeliveryIndex index = open;
            if (index != null) {
                index.close();
                open = null;
            }
        } finally {
            filling.unlock();
        }
    }
}
