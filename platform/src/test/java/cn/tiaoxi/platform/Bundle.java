package cn.tiaoxi.platform;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The texts of one module in both languages.
 *
 * @param module name of the module
 * @param zh Chinese texts by key
 * @param en English texts by key
 */
record Bundle(String module, Map<String, String> zh, Map<String, String> en) {
    private static final Path FOLDER = Path.of("src/main/resources/messages");
    private static final String ENGLISH = "_en.properties";
    private static final String CHINESE = ".properties";

    /** The bundles of all modules; a file whose other language is absent has none there. */
    static List<Bundle> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            Set<String> modules = new TreeSet<>();
            files.map(f -> f.getFileName().toString())
                    .map(f -> f.replace(ENGLISH, "").replace(CHINESE, ""))
                    .forEach(modules::add);
            return modules.stream().map(Bundle::of).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Bundle of(String module) {
        return new Bundle(module, read(module + CHINESE), read(module + ENGLISH));
    }

    /** The keys of all modules' texts. */
    static Set<String> keysOfAll() {
        Set<String> keys = new TreeSet<>();
        all().forEach(b -> keys.addAll(b.zh.keySet()));
        return keys;
    }

    private static Map<String, String> read(String name) {
        Path file = FOLDER.resolve(name);
        if (Files.notExists(file)) {
            return Map.of();
        }
        Once texts = new Once(name);
        try (Reader reader = Files.newBufferedReader(file)) {
            texts.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.copyOf(texts.byKey);
    }

    /** Refuses a key that stands twice. */
    private static final class Once extends Properties {
        private final Map<String, String> byKey = new TreeMap<>();
        private final String name;

        Once(String name) {
            this.name = name;
        }

        @Override
        public synchronized Object put(Object key, Object value) {
            if (byKey.put((String) key, (String) value) != null) {
                throw new IllegalStateException(name + ": " + key + " stands twice");
            }
            return value;
        }
    }
}
