package cn.tiaoxi.platform.evidence;

import cn.tiaoxi.platform.city.City;
import cn.tiaoxi.platform.database.DataFolder;
import cn.tiaoxi.trace.NoteSigner;
import cn.tiaoxi.trace.TraceLog;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Opens the platform's own log. */
@Configuration
class PlatformLog {
    /** Folder of the log inside the data folder. */
    static final String FOLDER = "trace/platform";

    @Bean(destroyMethod = "close")
    TraceLog traceLog(DataFolder data, City city) {
        data.folder("trace");
        NoteSigner signer =
                NoteSigner.loadOrCreate(
                        data.folder("keys").resolve("platform-trace.pem"),
                        city.code() + ".tiaoxi/platform");
        return TraceLog.open(data.folder(FOLDER), signer, TraceLog.Settings.DEFAULT);
    }
}
