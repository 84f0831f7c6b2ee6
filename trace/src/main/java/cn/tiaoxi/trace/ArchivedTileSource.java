package cn.tiaoxi.trace;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A log in a folder together with the archive of its pruned entries: whole again. Thread-safe; as
 * many of its files are held in memory as there are cores.
 */
public final class ArchivedTileSource implements TileSource {
    private static final Pattern BUNDLE = Pattern.compile("tile/entries/((x[0-9]{3}/)*[0-9]{3})");

    private final TileSource log;
    private final Archive archive;
    private final Map<Long, List<byte[]>> held =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Long, List<byte[]>> eldest) {
                    return size() > Runtime.getRuntime().availableProcessors();
                }
            };

    /** A log and the folder that {@link TraceLog#prune} wrote to. */
    public ArchivedTileSource(TileSource log, Path archive) {
        this.log = log;
        this.archive = new Archive(archive);
    }

    @Override
    public Optional<byte[]> fetch(String path) {
        Optional<byte[]> found = log.fetch(path);
        Matcher bundle = BUNDLE.matcher(path);
        if (found.isPresent() || !bundle.matches()) {
            return found;
        }
        long number = Long.parseLong(bundle.group(1).replaceAll("[x/]", ""));
        long file = number / Tile.WIDTH;
        if (number * Tile.WIDTH >= log.pruned() || !Files.exists(archive.file(file))) {
            return Optional.empty();
        }
        return Optional.of(bundles(file).get((int) (number % Tile.WIDTH)));
    }

    private List<byte[]> bundles(long file) {
        synchronized (held) {
            List<byte[]> known = held.get(file);
            if (known != null) {
                return known;
            }
        }
        List<byte[]> bundles = archive.read(file);
        synchronized (held) {
            held.put(file, bundles);
        }
        return bundles;
    }

    /** Where the log's entries begin, or 0 if the archive has all before. */
    @Override
    public long pruned() {
        for (long end = log.pruned(); end > 0; end -= Archive.ENTRIES) {
            if (!Files.exists(archive.file(end / Archive.ENTRIES - 1))) {
                return end;
            }
        }
        return 0;
    }
}
