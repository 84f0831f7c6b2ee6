package cn.tiaoxi.trace;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A log in a folder. Works while the log is being written; refuses paths that are not resources.
 *
 * @param folder the log's folder
 */
public record FolderTileSource(Path folder) implements TileSource {
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

    @Override
    public List<Integer> partials(String full) {
        List<Integer> widths = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.resolve(full + ".p"))) {
            for (Path file : files) {
                if (Tile.isResource(full + ".p/" + file.getFileName())) {
                    widths.add(Integer.valueOf(file.getFileName().toString()));
                }
            }
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new TraceException(
                    TraceException.Code.UNREACHABLE, "cannot list " + folder.resolve(full), e);
        }
        return widths;
    }
}
