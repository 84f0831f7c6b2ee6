package cn.tiaoxi.platform.evidence;

import cn.tiaoxi.contract.TraceRecord;
import cn.tiaoxi.trace.LastingLog;
import cn.tiaoxi.trace.TraceException;
import cn.tiaoxi.trace.TraceLog;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Moves records of the platform's own log that are older than the years to keep into the archive,
 * once a night. They can still be read and proved.
 */
@Component
class Retention {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    private final LastingLog own;
    private final TraceArchive archive;
    private final TraceProperties properties;
    private final Clock clock;

    Retention(LastingLog own, TraceArchive archive, TraceProperties properties, Clock clock) {
        this.own = own;
        this.archive = archive;
        this.properties = properties;
        this.clock = clock;
    }

    @Scheduled(cron = "0 40 3 * * *")
    void archiveOld() {
        Instant since =
                clock.instant().atOffset(ZoneOffset.UTC).minusYears(properties.years()).toInstant();
        TraceLog log = own.log();
        try {
            long first = log.prune(firstSince(log, since), archive.folder());
            LOG.info("The platform's log begins with record {}; older ones are archived", first);
        } catch (TraceException e) {
            LOG.error("Old records of the trace could not be archived", e);
        }
    }

    /**
     * Index of a record before which none is younger, give or take the seconds by which records are
     * not in order of time.
     */
    static long firstSince(TraceLog log, Instant time) {
        long low = 0;
        long high = log.checkpoint().size();
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (isBefore(log, middle, time)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static boolean isBefore(TraceLog log, long index, Instant time) {
        try {
            return TraceRecord.fromBytes(log.read(index)).time().isBefore(time);
        } catch (TraceException e) {
            if (e.code() == TraceException.Code.PRUNED) {
                return true;
            }
            throw e;
        }
    }
}
