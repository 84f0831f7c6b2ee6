package cn.tiaoxi.platform.city;

import java.nio.file.Path;

/** Opens folders of cities for tests of other modules. */
public final class CityFolders {
    private CityFolders() {}

    /** The folder as the platform would read it. */
    public static CityFolder of(Path folder) {
        return new CityFolder(new CityProperties(folder));
    }
}
