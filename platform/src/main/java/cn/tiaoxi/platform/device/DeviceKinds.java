package cn.tiaoxi.platform.device;

import cn.tiaoxi.platform.border.Words;
import cn.tiaoxi.platform.city.CityException;
import cn.tiaoxi.platform.city.CityFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Kinds of devices and how long each may be silent, from {@code devices.yaml}; a city without that
 * file has none.
 */
@Component
public class DeviceKinds {
    /** For devices whose kind the file does not name. */
    static final Duration OTHERWISE = Duration.ofMinutes(30);

    private static final String FILE = "devices.yaml";

    private final Map<String, Kind> byCode = new LinkedHashMap<>();
    private final List<String> watched;

    /**
     * A kind of device.
     *
     * @param code as in the field {@code kind} of the ledger
     * @param offlineAfter how long it may be silent before it counts as offline
     */
    public record Kind(String code, Words name, Duration offlineAfter) {}

    /** The shape of {@code devices.yaml}. */
    record KindsFile(List<String> watched, List<Kind> kinds) {}

    DeviceKinds(CityFolder folder) {
        Path file = folder.path(FILE);
        if (Files.notExists(file)) {
            this.watched = List.of();
            return;
        }
        KindsFile read = folder.read(FILE, KindsFile.class);
        this.watched = List.copyOf(read.watched());
        for (Kind kind : read.kinds()) {
            if (kind.offlineAfter().compareTo(Duration.ofSeconds(10)) < 0) {
                throw CityException.wrong(
                        file, "kind " + kind.code() + ": offlineAfter must be PT10S or more");
            }
            if (byCode.put(kind.code(), kind) != null) {
                throw CityException.wrong(file, "the kind " + kind.code() + " stands twice");
            }
        }
    }

    /** The states of the ledger in which a device is watched and may report. */
    List<String> watched() {
        return watched;
    }

    /** All kinds, in the file's order. */
    public Collection<Kind> all() {
        return Collections.unmodifiableCollection(byCode.values());
    }

    /** A kind by its code. */
    public Optional<Kind> find(String code) {
        return Optional.ofNullable(byCode.get(code));
    }

    /** The name in the language of the request under way, or the code if there is no such kind. */
    public String name(String code) {
        return find(code).map(k -> k.name().shown()).orElse(code);
    }

    /** How long a device of that kind may be silent. */
    public Duration offlineAfter(String code) {
        return find(code).map(Kind::offlineAfter).orElse(OTHERWISE);
    }
}
