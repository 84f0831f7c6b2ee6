package cn.tiaoxi.platform.ledger;

import java.util.List;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Changes types while the platform runs: the same checks as for files, and a version each time. */
@Service
public class TypeChanges {
    private final LedgerTypes types;
    private final TypeStore store;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transactions;

    TypeChanges(
            LedgerTypes types,
            TypeStore store,
            ApplicationEventPublisher events,
            PlatformTransactionManager manager) {
        this.types = types;
        this.store = store;
        this.events = events;
        this.transactions = new TransactionTemplate(manager);
    }

    /**
     * What a text would do.
     *
     * @param problems what is wrong with it, by line
     * @param consequences what it does to the entries; {@link Consequences#NONE} if it is wrong
     */
    public record Trial(List<TypeProblem> problems, Consequences consequences) {}

    /** All versions of a type, newest first. */
    public List<TypeVersion> versions(String type) {
        List<TypeVersion> all = store.all(type);
        if (all.isEmpty()) {
            throw LedgerException.ledgerUnknown(type);
        }
        return all;
    }

    /**
     * One version of a type.
     *
     * @throws LedgerException if there is none
     */
    public TypeVersion version(String type, int version) {
        return store.find(type, version)
                .orElseThrow(() -> LedgerException.typeVersionNotFound(type, version));
    }

    /** Number of the version in force. */
    public int current(String type) {
        return types.inForce(type).version();
    }

    /** Checks a text and says what it would do to the entries that there are. */
    public Trial check(String type, String yaml) {
        TypeFile.Result result = types.check(type, yaml);
        LedgerType read = result.type();
        return new Trial(
                result.problems(),
                read == null || !result.problems().isEmpty()
                        ? Consequences.NONE
                        : types.consequences(read));
    }

    /**
     * Puts a text in force as a new version.
     *
     * @param expected version in force that it is based on, 0 for a new type
     * @throws LedgerException if the text is wrong
     */
    public int activate(String type, String yaml, int expected, Author author, String reason) {
        TypeFile.Result result = types.check(type, yaml);
        LedgerType read = result.type();
        if (read == null || !result.problems().isEmpty()) {
            throw LedgerException.typeWrong(result.problems().getFirst());
        }
        if (reason.isBlank()) {
            throw LedgerException.reasonMissing("activate");
        }
        ActiveType after =
                java.util.Objects.requireNonNull(
                        transactions.execute(
                                s -> types.activate(yaml, read, expected, author, reason)));
        types.adopt(after);
        events.publishEvent(new TypeChanged(type, after.version()));
        return after.version();
    }
}
