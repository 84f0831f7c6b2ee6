package cn.tiaoxi.platform.usage;

import cn.tiaoxi.platform.TestLog;
import cn.tiaoxi.platform.evidence.Logs;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Calls under grants, in a real log that a gateway could have written. */
final class TestGateway implements AutoCloseable {
    private final TestLog log;

    TestGateway(Logs logs) {
        this.log = new TestLog(logs);
    }

    String origin() {
        return log.origin();
    }

    /**
     * Writes an answered call.
     *
     * @param subject what was looked up, as this gateway prints it
     * @param matter as callers send it, or empty
     */
    void call(String grant, Instant time, String subject, String matter, int rows) {
        write(grant, time, "OK", subject, matter, rows);
    }

    void refusal(String grant, Instant time) {
        write(grant, time, "QUOTA_EXCEEDED", "", "", 0);
    }

    private void write(
            String grant, Instant time, String outcome, String subject, String matter, int rows) {
        Map<String, String> detail = new HashMap<>();
        detail.put("grant", grant);
        detail.put("rows", Integer.toString(rows));
        detail.put("remote", "192.0.2.7");
        detail.put("keyId", "key-1");
        if (!subject.isEmpty()) {
            detail.put("key.id_number", subject);
        }
        if (!matter.isEmpty()) {
            detail.put("matter", matter);
        }
        log.call("application", "test", time, outcome, detail);
    }

    /** Waits until the platform has taken over all that was written. */
    void takenOver() {
        log.takenOver();
    }

    @Override
    public void close() throws IOException {
        log.close();
    }
}
