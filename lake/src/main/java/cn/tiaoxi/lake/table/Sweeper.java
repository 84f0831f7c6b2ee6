package cn.tiaoxi.lake.table;

import cn.tiaoxi.lake.ErrorCode;
import cn.tiaoxi.lake.LakeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes files that no table leads to. */
final class Sweeper {
    private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);

    private final LakeTables lake;

    Sweeper(LakeTables lake) {
        this.lake = lake;
    }

    int sweep(Duration minimumAge) {
        Instant before = Instant.now().minus(minimumAge);
        try {
            // The listing comes first: a file that a commit adds meanwhile is not in it, so it is
            // not removed.
            List<Path> candidates = filesUnder(lake.files().root(), before);
            Set<Path> used = used();
            int removed = 0;
            for (Path file : candidates) {
                if (!used.contains(file) && !lake.inFlight().contains(file.toString())) {
                    Files.deleteIfExists(file);
                    LOG.info("removed {}, which belongs to no table", file);
                    removed++;
                }
            }
            removeEmptyFolders();
            for (Path file : filesUnder(lake.settings().scratch(), before)) {
                Files.deleteIfExists(file);
            }
            return removed;
        } catch (IOException e) {
            throw new LakeException(e, ErrorCode.STORAGE_FAILED, lake.files().root());
        }
    }

    private static List<Path> filesUnder(Path folder, Instant before) throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                if (Files.isRegularFile(path)
                        && !Files.getLastModifiedTime(path).toInstant().isAfter(before)) {
                    files.add(path.toAbsolutePath().normalize());
                }
            }
        }
        return files;
    }

    private Set<Path> used() throws IOException {
        Set<Path> used = new HashSet<>();
        for (String name : lake.list()) {
            Table table = lake.load(name);
            TableMetadata metadata = ((HasTableOperations) table).operations().current();
            add(used, metadata.metadataFileLocation());
            metadata.previousFiles().forEach(entry -> add(used, entry.file()));
            Set<String> manifests = new HashSet<>();
            for (Snapshot snapshot : table.snapshots()) {
                add(used, snapshot.manifestListLocation());
                for (ManifestFile manifest : snapshot.allManifests(table.io())) {
                    if (manifests.add(manifest.path())) {
                        add(used, manifest.path());
                        addDataFiles(used, table, manifest);
                    }
                }
            }
        }
        return used;
    }

    private void addDataFiles(Set<Path> used, Table table, ManifestFile manifest)
            throws IOException {
        try (ManifestReader<DataFile> reader =
                ManifestFiles.read(manifest, table.io(), table.specs())) {
            for (DataFile file : reader) {
                add(used, file.location());
            }
        }
    }

    private void add(Set<Path> used, String location) {
        used.add(lake.files().path(location));
    }

    private void removeEmptyFolders() throws IOException {
        List<Path> folders;
        try (Stream<Path> paths = Files.walk(lake.files().root())) {
            folders = paths.filter(Files::isDirectory).sorted(Comparator.reverseOrder()).toList();
        }
        for (Path folder : folders) {
            try (Stream<Path> content = Files.list(folder)) {
                if (content.findAny().isEmpty() && !folder.equals(lake.files().root())) {
                    Files.deleteIfExists(folder);
                }
            }
        }
    }
}
