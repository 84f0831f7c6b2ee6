package cn.tiaoxi.platform.search;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/** Where the generations of a kind's index are kept, each in a folder named by its number. */
final class GenerationFolder {
    private static final Logger LOG = LoggerFactory.getLogger(GenerationFolder.class);

    private final Path folder;

    GenerationFolder(Path folder) {
        this.folder = folder;
    }

    /** Opens the newest complete generation and removes the others; null if there is none. */
    @Nullable Generation openNewest() throws IOException {
        Files.createDirectories(folder);
        List<Path> folders;
        try (Stream<Path> inside = Files.list(folder)) {
            folders =
                    inside.sorted(Comparator.comparingInt(GenerationFolder::number).reversed())
                            .toList();
        }
        Generation newest = null;
        for (Path each : folders) {
            Generation found = newest == null ? open(each) : null;
            if (found == null) {
                FileSystemUtils.deleteRecursively(each);
            } else {
                newest = found;
            }
        }
        return newest;
    }

    private static @Nullable Generation open(Path folder) throws IOException {
        try {
            Generation generation = Generation.open(folder);
            if (generation.isComplete()) {
                return generation;
            }
            generation.close();
        } catch (IOException | RuntimeException e) {
            LOG.warn("The search index in {} cannot be read; it is built anew", folder, e);
        }
        return null;
    }

    private static int number(Path folder) {
        try {
            return Integer.parseInt(folder.getFileName().toString());
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** Begins an empty generation, to follow another if there is one. */
    Generation begin(@Nullable Generation before) throws IOException {
        int next = before == null ? 1 : number(before.folder()) + 1;
        Path place = folder.resolve(Integer.toString(next));
        FileSystemUtils.deleteRecursively(place);
        return Generation.open(place);
    }
}
