package cn.tiaoxi.lake.delivery;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Which files belong to an index. Files that were replaced go when the next ones are. */
final class FileList {
    private static final String NAME = "list.json";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path folder;
    private volatile Content now;
    private List<Segment> replaced = List.of();

    /**
     * One file.
     *
     * @param level 0 for a new one
     * @param rows how many pairs it has
     */
    record Segment(String file, int level, long rows) {}

    /**
     * What the list says.
     *
     * @param next number of the next file
     */
    record Content(long next, long indexed, List<Segment> segments) {
        Content {
            segments = List.copyOf(segments);
        }
    }

    private FileList(Path folder, Content now) {
        this.folder = folder;
        this.now = now;
    }

    /** Reads a list; one that cannot be read, or whose files are gone, is begun anew. */
    static FileList open(Path folder) throws IOException {
        Files.createDirectories(folder);
        Content content = new Content(1, 0, List.of());
        Path file = folder.resolve(NAME);
        if (Files.exists(file)) {
            try {
                Content kept = JSON.readValue(Files.readString(file), Content.class);
                boolean whole =
                        kept.segments().stream()
                                .allMatch(s -> Files.exists(folder.resolve(s.file())));
                content = whole ? kept : new Content(kept.next(), 0, List.of());
            } catch (JacksonException e) {
                content = new Content(System.currentTimeMillis(), 0, List.of());
            }
        }
        Set<String> used =
                content.segments().stream().map(Segment::file).collect(Collectors.toSet());
        try (Stream<Path> all = Files.list(folder)) {
            for (Path each : all.toList()) {
                String name = each.getFileName().toString();
                if (name.endsWith(".parquet") && !used.contains(name)) {
                    Files.delete(each);
                }
            }
        }
        return new FileList(folder, content);
    }

    Content now() {
        return now;
    }

    Path path(Segment segment) {
        return folder.resolve(segment.file());
    }

    /** A file that is to be written. */
    Segment next(int level, long rows) {
        Content before = now;
        now = new Content(before.next() + 1, before.indexed(), before.segments());
        return new Segment("pairs-" + before.next() + ".parquet", level, rows);
    }

    /** Puts files in the place of others; durable when this returns. */
    void replace(List<Segment> old, List<Segment> added, long indexed) throws IOException {
        for (Segment each : added) {
            force(path(each));
        }
        List<Segment> segments = new ArrayList<>(now.segments());
        segments.removeAll(old);
        segments.addAll(added);
        Content after = new Content(now.next(), indexed, segments);
        Path draft = folder.resolve(NAME + ".draft");
        try (FileChannel out =
                FileChannel.open(
                        draft,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(JSON.writeValueAsBytes(after));
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
        Files.move(
                draft,
                folder.resolve(NAME),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        force(folder);
        now = after;
        for (Segment each : replaced) {
            Files.deleteIfExists(path(each));
        }
        replaced = List.copyOf(old);
    }

    private static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
