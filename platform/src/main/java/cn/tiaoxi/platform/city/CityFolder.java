package cn.tiaoxi.platform.city;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The city's files, read strictly: an unknown key or a wrong type names file and line. */
@Component
public class CityFolder {
    private static final YAMLMapper YAML =
            YAMLMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .build();

    private final Path folder;

    CityFolder(CityProperties properties) {
        this.folder = properties.folder().toAbsolutePath().normalize();
        if (!Files.isDirectory(folder)) {
            throw CityException.wrong(folder, "there is no such folder; set tiaoxi.city.folder");
        }
    }

    /** A file or folder inside, which need not exist. */
    public Path path(String name) {
        return folder.resolve(name);
    }

    /**
     * Reads one YAML file.
     *
     * @throws CityException if it is missing or its form is wrong; the message names file and line
     */
    public <T> T read(String name, Class<T> type) {
        return read(folder.resolve(name), type);
    }

    /** Reads one YAML file by its whole path. */
    public <T> T read(Path file, Class<T> type) {
        try {
            return YAML.readValue(Files.readAllBytes(file), type);
        } catch (JacksonException e) {
            var place = e.getLocation();
            String line = place == null ? "" : "line " + place.getLineNr() + ": ";
            throw CityException.unreadable(file, line + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw CityException.unreadable(file, "cannot be read: " + e.getMessage(), e);
        }
    }

    /** The files of a folder inside with that ending, by name; none if the folder is missing. */
    public List<Path> files(String name, String ending) {
        Path inside = folder.resolve(name);
        if (!Files.isDirectory(inside)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(inside)) {
            return all.filter(f -> f.getFileName().toString().endsWith(ending)).sorted().toList();
        } catch (IOException e) {
            throw CityException.unreadable(inside, "cannot be listed: " + e.getMessage(), e);
        }
    }
}
