package cn.tiaoxi.platform.ledger;

import cn.tiaoxi.platform.border.BorderException;
import cn.tiaoxi.platform.border.Identifiers;
import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.evidence.Evidence;
import cn.tiaoxi.platform.identity.Actor;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Gives entries to other organisations. Who may write for both does it at once; otherwise the
 * taker's people accept or decline.
 */
@Service
public class Transfers {
    private static final int MOST_SHOWN = 500;

    private final JdbcClient database;
    private final EntryStore entries;
    private final Ledger ledger;
    private final Organisations organisations;
    private final Evidence evidence;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Transfers(
            JdbcClient database,
            EntryStore entries,
            Ledger ledger,
            Organisations organisations,
            Evidence evidence,
            ApplicationEventPublisher events,
            Clock clock) {
        this.database = database;
        this.entries = entries;
        this.ledger = ledger;
        this.organisations = organisations;
        this.evidence = evidence;
        this.events = events;
        this.clock = clock;
    }

    /** A row of the table. */
    private record Row(
            String id,
            String entry,
            String giver,
            String taker,
            String reason,
            OffsetDateTime asked,
            String askedBy,
            String askedByUsername) {}

    /**
     * Gives an entry away, or asks the other organisation to take it.
     *
     * @return the transfer that waits for the other organisation; empty if it was done at once
     */
    @Transactional
    public Optional<Transfer> ask(
            Actor actor, String type, String id, String organisation, @Nullable String reason) {
        Entry entry = ledger.present(type, id);
        if (organisations.find(organisation).isEmpty()
                || entry.organisation().equals(organisation)) {
            throw BorderException.invalid(
                    "organisation", "ledger.organisationUnknown", organisation);
        }
        if (reason == null || reason.isBlank()) {
            throw LedgerException.reasonMissing("transfer");
        }
        String permission = ledger.type(type).writePermission();
        withdrawOpen(entry);
        if (actor.may(permission, organisation)) {
            ledger.give(entry, organisation, act(actor, "transfer", reason));
            return Optional.empty();
        }
        String made = Identifiers.next();
        database.sql(
                        """
                        INSERT INTO ledger.transfer
                               (id, entry, giver, taker, reason, asked, asked_by, asked_by_name,
                                state)
                        VALUES (:id::uuid, :entry::uuid, :giver, :taker, :reason, :asked, :by,
                                :name, 'ASKED')
                        """)
                .param("id", made)
                .param("entry", entry.id())
                .param("giver", entry.organisation())
                .param("taker", organisation)
                .param("reason", reason)
                .param("asked", clock.instant().atOffset(ZoneOffset.UTC))
                .param("by", actor.username())
                .param("name", actor.name())
                .update();
        note(actor, entry, "transfer-ask", Map.of("taker", organisation, "reason", reason));
        Transfer transfer = transfer(find(made).orElseThrow());
        events.publishEvent(
                new TransferChanged(transfer, TransferChanged.Step.ASKED, actor.username()));
        return Optional.of(transfer);
    }

    private static EntryWriter.Act act(Actor actor, String action, @Nullable String reason) {
        return new EntryWriter.Act(Author.of(actor), action, reason);
    }

    private void withdrawOpen(Entry entry) {
        database.sql(
                        """
                        UPDATE ledger.transfer SET state = 'WITHDRAWN', decided = :time
                         WHERE entry = :entry::uuid AND state = 'ASKED'
                        """)
                .param("time", clock.instant().atOffset(ZoneOffset.UTC))
                .param("entry", entry.id())
                .update();
    }

    /** What waits for people who may write for these organisations; empty means all. */
    public List<Transfer> waiting(Actor actor) {
        List<Transfer> waiting = new ArrayList<>();
        List<Row> rows =
                database.sql(SELECT + " WHERE state = 'ASKED' ORDER BY asked LIMIT :limit")
                        .param("limit", MOST_SHOWN)
                        .query(Row.class)
                        .list();
        Map<String, Entry> found = entries.byId(Set.copyOf(rows.stream().map(Row::entry).toList()));
        for (Row row : rows) {
            Entry entry = found.get(row.entry());
            if (entry != null
                    && actor.may(ledger.type(entry.type()).writePermission(), row.taker())) {
                waiting.add(transfer(row, entry));
            }
        }
        return waiting;
    }

    /** The transfer of an entry that waits, if there is one. */
    public Optional<Transfer> open(Entry entry) {
        return database.sql(SELECT + " WHERE state = 'ASKED' AND entry = :entry::uuid")
                .param("entry", entry.id())
                .query(Row.class)
                .optional()
                .map(r -> transfer(r, entry));
    }

    /**
     * Takes an entry or declines it.
     *
     * @throws LedgerException if nothing of that identifier waits for the person
     */
    @Transactional
    public void decide(Actor actor, String id, boolean accept, @Nullable String reason) {
        Row row = find(id).orElseThrow(() -> LedgerException.transferNotFound(id));
        Transfer transfer = transfer(row);
        Entry entry = transfer.entry();
        if (!actor.may(ledger.type(entry.type()).writePermission(), row.taker())) {
            throw LedgerException.transferNotFound(id);
        }
        if (!accept && (reason == null || reason.isBlank())) {
            throw LedgerException.reasonMissing("decline");
        }
        int decided =
                database.sql(
                                """
                                UPDATE ledger.transfer
                                   SET state = :state, decided = :time, decided_by = :by,
                                       decided_reason = :reason
                                 WHERE id = :id::uuid AND state = 'ASKED'
                                """)
                        .param("state", accept ? "ACCEPTED" : "DECLINED")
                        .param("time", clock.instant().atOffset(ZoneOffset.UTC))
                        .param("by", actor.username())
                        .param("reason", reason)
                        .param("id", id)
                        .update();
        if (decided == 0) {
            throw LedgerException.transferNotFound(id);
        }
        if (accept) {
            ledger.give(
                    ledger.present(entry.type(), entry.id()),
                    row.taker(),
                    act(actor, "transfer", row.reason()));
        } else {
            note(actor, entry, "transfer-decline", Map.of("reason", String.valueOf(reason)));
        }
        events.publishEvent(
                new TransferChanged(
                        transfer,
                        accept ? TransferChanged.Step.ACCEPTED : TransferChanged.Step.DECLINED,
                        actor.username()));
    }

    private static final String SELECT =
            """
            SELECT id::text AS id, entry::text AS entry, giver, taker, reason, asked,
                   asked_by_name AS asked_by, asked_by AS asked_by_username
              FROM ledger.transfer
            """;

    private Optional<Row> find(String id) {
        return Identifiers.isIdentifier(id)
                ? database.sql(SELECT + " WHERE id = :id::uuid AND state = 'ASKED'")
                        .param("id", id)
                        .query(Row.class)
                        .optional()
                : Optional.empty();
    }

    private Transfer transfer(Row row) {
        return transfer(
                row,
                Optional.ofNullable(entries.byId(Set.of(row.entry())).get(row.entry()))
                        .orElseThrow(() -> LedgerException.transferNotFound(row.id())));
    }

    private static Transfer transfer(Row row, Entry entry) {
        return new Transfer(
                row.id(),
                entry,
                row.giver(),
                row.taker(),
                row.reason(),
                row.asked().toInstant(),
                row.askedBy(),
                row.askedByUsername());
    }

    private void note(Actor actor, Entry entry, String act, Map<String, String> detail) {
        evidence.changed(
                actor.who(), entry.type() + "." + act, entry.type() + ":" + entry.id(), detail);
    }
}
