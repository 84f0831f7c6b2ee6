package cn.tiaoxi.platform.evidence;

import cn.tiaoxi.contract.LogKeys;
import cn.tiaoxi.platform.city.City;
import cn.tiaoxi.platform.database.DataFolder;
import cn.tiaoxi.trace.CosignatureSigner;
import cn.tiaoxi.trace.LastingLog;
import cn.tiaoxi.trace.TraceException;
import cn.tiaoxi.trace.TraceLog;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Opens the platform's own log. */
@Configuration
class PlatformLog {
    private static final Logger LOG = LoggerFactory.getLogger(PlatformLog.class);

    /** Folder of the log inside the data folder. */
    static final String FOLDER = "trace/platform";

    @Bean
    LogKeys platformLogKeys(DataFolder data, City city) {
        return LogKeys.loadOrCreate(
                data.folder("keys").resolve("platform-trace.pem"),
                city.code() + ".tiaoxi/platform");
    }

    @Bean
    TraceArchive traceArchive(DataFolder data) {
        return new TraceArchive(data.folder("archive"));
    }

    /** The platform as a witness of its gateways' logs. */
    @Bean
    CosignatureSigner platformWitness(DataFolder data, City city, Clock clock) {
        return CosignatureSigner.loadOrCreate(
                data.folder("keys").resolve("platform-witness.pem"),
                city.code() + ".tiaoxi/platform/witness",
                clock);
    }

    @Bean(destroyMethod = "close")
    LastingLog traceLog(DataFolder data, LogKeys keys, Clock clock) {
        data.folder("trace");
        return LastingLog.open(
                () -> keys.open(data.folder(FOLDER), TraceLog.Settings.DEFAULT, clock),
                new Teller());
    }

    /** Says in the platform's own log what happens to the trace. */
    private static final class Teller implements LastingLog.Watcher {
        @Override
        public void opened(TraceLog log) {
            TraceLog.Recovery recovery = log.recovery();
            LOG.info(
                    "The trace log holds, {} records; of the run before {} were brought into tiles"
                            + " and {} bytes of a torn commit dropped",
                    log.size(),
                    recovery.records(),
                    recovery.droppedBytes());
        }

        @Override
        public void stopped(TraceException problem) {
            LOG.error(
                    "The trace log takes no records ({}); changes wait in the database: {}",
                    problem.code(),
                    problem.getMessage());
        }
    }
}
