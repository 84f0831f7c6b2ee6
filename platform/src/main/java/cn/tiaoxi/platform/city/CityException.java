package cn.tiaoxi.platform.city;

import java.nio.file.Path;

/** A file of the city's folder that cannot be loaded; the start is refused with the place. */
public final class CityException extends RuntimeException {
    private CityException(String message, Throwable cause) {
        super(message, cause);
    }

    private CityException(String message) {
        super(message);
    }

    /** The file is missing, or its form is wrong. */
    public static CityException unreadable(Path file, String reason, Throwable cause) {
        return new CityException(file + ": " + reason, cause);
    }

    /** The file reads well, but what it says cannot be. */
    public static CityException wrong(Path file, String reason) {
        return new CityException(file + ": " + reason);
    }
}
