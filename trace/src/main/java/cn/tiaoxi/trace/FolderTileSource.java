package cn.tiaoxi.trace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A log in a folder. Works while the log is being written; refuses paths that are not resources.
 *
 * @param folder the log's folder
 */
public record FolderTileSource(Path folder) implements TileSource {
    @Override
    public long pruned() {
        return Pruner.pruned(folder);
    }

    @Override
    public Optional<byte[]> fetch(String path) {
        if (!Tile.isResource(path)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readAllBytes(folder.resolve(path)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new TraceException(
                    TraceException.Code.UNREACHABLE, "cannot read " + folder.resolve(path), e);
        }
    }
}
