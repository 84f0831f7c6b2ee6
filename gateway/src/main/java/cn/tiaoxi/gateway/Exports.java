package cn.tiaoxi.gateway;

import static java.util.Objects.requireNonNull;

import cn.tiaoxi.contract.Refusal;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The exports of this gateway: which are ordered, made and kept. Every few seconds it looks what is
 * over its time, removes what is not wanted, and takes up what a gateway of before left. Methods
 * block.
 */
final class Exports implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Exports.class);
    private static final long LOOK_EVERY_MILLIS = 5_000;

    private final String gateway;
    private final Supplier<URI> address;
    private final ExportStore store;
    private final ExportFolder folder;
    private final ExportQueue queue;
    private final RecordSearch records;
    private final Thread care;

    /**
     * @param gateway identifier of this gateway
     * @param address base URL under which it is reached
     * @param terms what the policy of now says of an export
     */
    Exports(
            String gateway,
            Supplier<URI> address,
            Path path,
            long mostBytes,
            ServingFile file,
            Serving serving,
            OwnTrace trace,
            Function<Export, ExportTerms> terms) {
        this.gateway = gateway;
        this.address = address;
        this.store = new ExportStore(file, serving.vertx(), gateway);
        this.folder = new ExportFolder(path, mostBytes);
        ExportMaker maker = new ExportMaker(store, folder, serving, trace, terms);
        this.queue = new ExportQueue(maker::make);
        this.records = new RecordSearch(trace);
        this.care = Thread.ofPlatform().daemon().name("exports").unstarted(this::care);
    }

    /** Begins to look after them. */
    void start() {
        care.start();
    }

    ExportFolder folder() {
        return folder;
    }

    ExportStore store() {
        return store;
    }

    /** How many wait or are being made. */
    int underWay() {
        return queue.size();
    }

    /** Whether this gateway has the file, or is to make it. */
    boolean isHere(Export export) {
        return export.gateway().equals(gateway);
    }

    /**
     * Keeps an order, which {@link #start} lets be made once its record is durable.
     *
     * @throws RefusedException EXPORT_QUEUE_FULL, EXPORT_STORE_FULL, OVERLOADED or
     *     SERVING_UNAVAILABLE
     */
    Export order(Call call, ExportOrder order) {
        UUID id = UUID.randomUUID();
        String application = order.caller().application().id();
        queue.reserve(id, application);
        try {
            folder.requireRoom();
            Export export = order.export(id, gateway, address.get().toString(), call.requestId());
            folder.keepOrder(id, requireNonNull(export.seal()), order.wanted().toBytes());
            store.add(export);
            return export;
        } catch (RuntimeException e) {
            forget(id);
            throw e;
        }
    }

    void start(Export export) {
        queue.start(export.id());
    }

    /** The order could not be traced. */
    void giveUp(Export export) {
        try {
            store.fail(export.id(), Refusal.TRACE_UNAVAILABLE);
        } finally {
            forget(export.id());
        }
    }

    /** Ends it, whatever its state; at another gateway the file goes within seconds. */
    void delete(Export export) {
        store.delete(export.id());
        if (isHere(export)) {
            forget(export.id());
        }
    }

    private void forget(UUID id) {
        queue.cancel(id);
        folder.remove(id);
    }

    private void care() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                store.touch(address.get().toString());
                store.sweep();
                look(store.own());
            } catch (RefusedException e) {
                LOG.debug("Exports cannot be looked after: {}", e.getMessage());
            } catch (CancellationException e) {
                return;
            } catch (UncheckedIOException e) {
                LOG.warn("The files of exports cannot be looked after", e);
            } catch (RuntimeException e) {
                LOG.error("Exports cannot be looked after", e);
            }
            try {
                Thread.sleep(LOOK_EVERY_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void look(List<Export> own) {
        Map<String, Export> kept = new HashMap<>();
        for (Export each : own) {
            kept.put(each.id().toString(), each);
        }
        folder.keepOnly(
                id -> {
                    Export export = kept.get(id);
                    return export != null || queue.knows(UUID.fromString(id));
                });
        for (Export each : own) {
            if (each.isUnderWay() && !queue.knows(each.id())) {
                takeUp(each);
            }
        }
    }

    /** An order of which there is no record was never answered. */
    private void takeUp(Export left) {
        Optional<byte[]> ordered = records.find(left.request());
        if (ordered.isEmpty()) {
            store.fail(left.id(), Refusal.EXPORT_INTERRUPTED);
            folder.remove(left.id());
            return;
        }
        LOG.info("Export {} goes on", left.id());
        queue.takeUp(left.id(), left.application());
    }

    @Override
    public void close() {
        care.interrupt();
        queue.close();
        store.close();
    }
}
