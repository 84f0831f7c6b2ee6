package cn.tiaoxi.platform.city;

import cn.tiaoxi.platform.border.Words;
import java.time.ZoneId;
import org.springframework.stereotype.Component;

/** Which city this is, from {@code city.yaml}. */
@Component
public class City {
    private final CityFile file;

    /** The shape of {@code city.yaml}. */
    record CityFile(String code, Words name, Words platform, String zone) {}

    City(CityFolder folder) {
        this.file = folder.read("city.yaml", CityFile.class);
    }

    /** Division code by GB/T 2260. */
    public String code() {
        return file.code();
    }

    public Words name() {
        return file.name();
    }

    /** What the city calls its platform. */
    public Words platform() {
        return file.platform();
    }

    /** The zone in which days begin and working hours count. */
    public ZoneId zone() {
        return ZoneId.of(file.zone());
    }
}
