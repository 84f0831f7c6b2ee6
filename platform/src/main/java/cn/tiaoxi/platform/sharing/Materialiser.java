package cn.tiaoxi.platform.sharing;

import cn.tiaoxi.platform.border.PlatformException;
import cn.tiaoxi.platform.evidence.Evidence;
import cn.tiaoxi.platform.evidence.Who;
import cn.tiaoxi.platform.ledger.Author;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes the tables that gateways read. What is to be made stands in the database, so work goes on
 * after a restart; a table is made and put into service in one transaction, so a crash leaves
 * nothing half done, and a lock of that transaction keeps two platforms from making the same.
 */
@Component
class Materialiser {
    private static final Logger LOG = LoggerFactory.getLogger(Materialiser.class);
    private static final Duration KEPT = Duration.ofMinutes(1);
    private static final Duration GATEWAY_FORGOTTEN = Duration.ofHours(24);

    private final InterfaceStore store;
    private final SharedDatasets datasets;
    private final InterfaceLedger ledger;
    private final Policies policies;
    private final Evidence evidence;
    private final JdbcClient database;
    private final DataSource dataSource;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final ReentrantLock working = new ReentrantLock();

    Materialiser(
            InterfaceStore store,
            SharedDatasets datasets,
            InterfaceLedger ledger,
            Policies policies,
            Evidence evidence,
            JdbcClient database,
            DataSource dataSource,
            TransactionTemplate transaction,
            ApplicationEventPublisher events,
            Clock clock) {
        this.store = store;
        this.datasets = datasets;
        this.ledger = ledger;
        this.policies = policies;
        this.evidence = evidence;
        this.database = database;
        this.dataSource = dataSource;
        this.transaction = transaction;
        this.events = events;
        this.clock = clock;
    }

    @Async
    @TransactionalEventListener
    void changed(InterfaceChanged change) {
        work();
    }

    /** Makes all tables that are asked for. */
    @Scheduled(fixedDelayString = "PT5S", initialDelayString = "PT2S")
    void work() {
        working.lock();
        try {
            store.toMaterialise().forEach(this::materialise);
        } finally {
            working.unlock();
        }
    }

    private void materialise(String id) {
        Interface each = store.find(id).orElseThrow();
        try {
            transaction.executeWithoutResult(status -> make(each));
        } catch (RuntimeException e) {
            LOG.warn("The table of interface {} could not be made", id, e);
            String reason = e instanceof PlatformException p ? p.code().name() : reason(e);
            transaction.executeWithoutResult(status -> fail(each, reason));
        }
    }

    private static String reason(RuntimeException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        String message = String.valueOf(cause.getMessage());
        return message.length() > 500 ? message.substring(0, 500) : message;
    }

    private void make(Interface each) {
        boolean mine =
                database.sql("SELECT pg_try_advisory_xact_lock(hashtext(:key))")
                        .param("key", "sharing.interface:" + each.id())
                        .query(Boolean.class)
                        .single();
        if (!mine) {
            return;
        }
        String table = each.nextTable();
        SharedDataset source = datasets.find(each.dataset()).orElseThrow();
        Subject subject = source.subject(each.keys());
        long rows = copy(each, subject, table);
        if (!store.serve(each, source.renewed(each.fields()), subject, table, rows)) {
            database.sql("DROP TABLE serving." + table).update();
            return;
        }
        long version = policies.changed();
        String before = each.table();
        if (before != null) {
            store.retire(before, version, clock.instant());
        }
        ledger.move(Author.SYSTEM, each, "serve", "");
        evidence.changed(
                Who.SYSTEM,
                "interface.live",
                "interface:" + each.id(),
                Map.of("rows", Long.toString(rows), "dataset", each.dataset()));
        events.publishEvent(new InterfaceChanged(each.id()));
    }

    private long copy(Interface each, Subject subject, String table) {
        Connection connection = DataSourceUtils.getConnection(dataSource);
        try (Statement statement = connection.createStatement()) {
            Set<String> columns = new LinkedHashSet<>();
            each.fields().forEach(field -> columns.add(field.name()));
            columns.add(subject.column());
            long rows = datasets.copy(each.dataset(), connection, table, List.copyOf(columns));
            for (String key : each.keys()) {
                statement.execute(
                        "CREATE INDEX ON serving.%s (\"%s\", tiaoxi_row)".formatted(table, key));
            }
            statement.execute("ANALYZE serving." + table);
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        } finally {
            DataSourceUtils.releaseConnection(connection, dataSource);
        }
    }

    private void fail(Interface each, String reason) {
        if (store.fail(each, reason)) {
            ledger.move(Author.SYSTEM, each, "fail", "");
            evidence.changed(
                    Who.SYSTEM,
                    "interface.failed",
                    "interface:" + each.id(),
                    Map.of("reason", reason, "dataset", each.dataset()));
            events.publishEvent(new InterfaceChanged(each.id()));
        }
    }

    /** Drops tables that no gateway can still be reading. */
    @Scheduled(fixedDelayString = "PT30S", initialDelayString = "PT1M")
    void dropRetired() {
        Instant now = clock.instant();
        for (String table : store.droppable(now.minus(KEPT), now.minus(GATEWAY_FORGOTTEN))) {
            transaction.executeWithoutResult(status -> store.drop(table));
        }
    }
}
