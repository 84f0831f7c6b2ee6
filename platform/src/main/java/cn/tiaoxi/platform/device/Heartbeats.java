package cn.tiaoxi.platform.device;

import cn.tiaoxi.platform.border.PlatformException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.springframework.stereotype.Service;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Takes what machines report about devices. */
@Service
public class Heartbeats {
    /** Most heartbeats that may be sent at once. */
    public static final int MOST = 10_000;

    /** Most bytes that may be sent at once. */
    public static final int MOST_BYTES = 4 << 20;

    private final Reporters reporters;
    private final HeartbeatQueue queue;
    private final JsonMapper json;

    Heartbeats(Reporters reporters, HeartbeatQueue queue, JsonMapper json) {
        this.reporters = reporters;
        this.queue = queue;
        this.json = json;
    }

    /** Gives a report's bytes. */
    @FunctionalInterface
    public interface Body<E extends Exception> {
        /** At most one byte more than {@link #MOST_BYTES}. */
        byte[] read() throws E;
    }

    /**
     * Takes a report. When the receipt is given, what it calls accepted is durable: a crash after
     * that loses none of it.
     *
     * @param token the reporter's; it is checked before the body is read
     * @param body JSON: a heartbeat, or a list of up to {@link #MOST} of them
     * @throws DeviceException if the token or the body as a whole is refused; then no row was taken
     */
    public <E extends Exception> Receipt report(String token, Body<E> body) throws E {
        Source source = reporters.source(token);
        List<HeartbeatReader.Row> rows = rows(body.read());
        return report(source, rows);
    }

    Receipt report(Source source, List<HeartbeatReader.Row> rows) {
        if (rows.isEmpty()) {
            return new Receipt(0, List.of());
        }
        try {
            return queue.add(new HeartbeatRound.Report(source, rows)).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof PlatformException refused) {
                throw refused;
            }
            throw new IllegalStateException("The heartbeats could not be written", e.getCause());
        }
    }

    private List<HeartbeatReader.Row> rows(byte[] body) {
        if (body.length > MOST_BYTES) {
            throw DeviceException.heartbeatsTooMany(MOST);
        }
        JsonNode tree;
        try {
            tree = json.readTree(body);
        } catch (JacksonException e) {
            throw DeviceException.heartbeatsUnreadable(e.getOriginalMessage());
        }
        if (tree.isObject()) {
            return List.of(HeartbeatReader.read(tree, null));
        }
        if (!tree.isArray()) {
            throw DeviceException.heartbeatsUnreadable("");
        }
        if (tree.size() > MOST) {
            throw DeviceException.heartbeatsTooMany(MOST);
        }
        List<HeartbeatReader.Row> rows = new ArrayList<>(tree.size());
        for (JsonNode row : tree) {
            rows.add(HeartbeatReader.read(row, null));
        }
        return rows;
    }
}
