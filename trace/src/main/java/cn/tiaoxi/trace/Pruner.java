package cn.tiaoxi.trace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes the oldest entry bundles out of a log, as <a
 * href="https://c2sp.org/tlog-tiles">tlog-tiles</a> allows; hash tiles stay, so that every proof
 * and every later entry still verify. {@code .state/pruned} holds where the entries begin and from
 * where bundles may not have been deleted yet; it is durable before the first is deleted.
 */
final class Pruner {
    static final String FILE = "pruned";
    private static final String MAGIC = "tiaoxi-trace-pruned 1";

    private final Disk disk;
    private final Path folder;
    private final Path state;

    Pruner(Disk disk, Path folder) {
        this.disk = disk;
        this.folder = folder;
        this.state = folder.resolve(".state");
    }

    /**
     * What the state file says.
     *
     * @param to index of the first entry that is there
     * @param from index from which on bundles may be left that are to be deleted
     */
    private record State(long to, long from) {}

    /** Index of the first entry of a log that is there. */
    static long pruned(Path folder) {
        return state(folder.resolve(".state")).to;
    }

    private static State state(Path state) {
        Path file = state.resolve(FILE);
        try {
            if (!Files.exists(file)) {
                return new State(0, 0);
            }
            List<String> lines = Files.readAllLines(file, StandardCharsets.US_ASCII);
            State read = new State(Long.parseLong(lines.get(1)), Long.parseLong(lines.get(2)));
            boolean sound =
                    lines.get(0).equals(MAGIC)
                            && read.from >= 0
                            && read.from <= read.to
                            && read.to % Archive.ENTRIES == 0;
            if (sound) {
                return read;
            }
        } catch (IOException e) {
            throw new TraceException(TraceException.Code.UNREACHABLE, "cannot read " + file, e);
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw new TraceException(TraceException.Code.MALFORMED, file + " is damaged", e);
        }
        throw new TraceException(TraceException.Code.MALFORMED, file + " is damaged");
    }

    private void keep(long to, long from) throws IOException {
        byte[] text = (MAGIC + "\n" + to + "\n" + from + "\n").getBytes(StandardCharsets.US_ASCII);
        Integrator.replace(disk, state.resolve("pruned.new"), state, FILE, text);
    }

    /** Ends what a crash interrupted. */
    void finish() throws IOException {
        State now = state(state);
        if (now.from < now.to) {
            delete(now.from, now.to);
            keep(now.to, now.to);
        }
    }

    /**
     * Archives and deletes the bundles before an index, as far as they fill whole archive files.
     *
     * @param checkpoint covers them
     * @return index of the first entry that is there now
     */
    long prune(long before, Path archive, Checkpoint checkpoint) throws IOException {
        finish();
        long from = state(state).to;
        long to = Math.min(before, checkpoint.size()) / Archive.ENTRIES * Archive.ENTRIES;
        if (to <= from) {
            return from;
        }
        Tiles tiles = new Tiles(new FolderTileSource(folder), checkpoint);
        for (long first = from; first < to; first += Archive.ENTRIES) {
            archive(tiles, first, new Archive(archive));
        }
        keep(to, from);
        delete(from, to);
        keep(to, to);
        return to;
    }

    private void archive(Tiles tiles, long first, Archive archive) throws IOException {
        FolderTileSource files = new FolderTileSource(folder);
        List<byte[]> bundles = new ArrayList<>(Tile.WIDTH);
        for (long number = first / Tile.WIDTH;
                number < (first + Archive.ENTRIES) / Tile.WIDTH;
                number++) {
            tiles.entries(number); // Only what is proved is archived.
            String path = Tile.entries(number, Tile.WIDTH);
            bundles.add(
                    files.fetch(path)
                            .orElseThrow(
                                    () ->
                                            new TraceException(
                                                    TraceException.Code.BROKEN,
                                                    path + " is missing")));
        }
        archive.write(disk, first / Archive.ENTRIES, bundles);
    }

    private void delete(long from, long to) throws IOException {
        for (long number = from / Tile.WIDTH; number < to / Tile.WIDTH; number++) {
            disk.delete(folder.resolve(Tile.entries(number, Tile.WIDTH)));
        }
    }
}
