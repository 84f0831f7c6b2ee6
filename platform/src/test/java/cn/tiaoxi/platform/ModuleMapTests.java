package cn.tiaoxi.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModule;
import org.springframework.modulith.core.ApplicationModules;

/** The page that shows the house must show the house as it is. */
class ModuleMapTests {
    private static final Path PAGE = Path.of("../ARCHITECTURE.md");
    private static final Path SOURCES = Path.of("src/main/java/cn/tiaoxi/platform");
    private static final Pattern SENTENCE = Pattern.compile("/\\*\\*(.*?)\\*/", Pattern.DOTALL);
    private static final String BEGIN = "after a change -->\n";
    private static final String END = "<!-- /modules -->";

    private final ApplicationModules modules = ApplicationModules.of(Tiaoxi.class);

    @Test
    void modulesKeepToTheirDependencies() {
        modules.verify();
    }

    @Test
    void theArchitecturePageShowsTheModulesAsTheyAre() throws IOException {
        String page = Files.readString(PAGE);
        String before = page.substring(0, page.indexOf(BEGIN) + BEGIN.length());
        String after = page.substring(page.indexOf(END));
        String wanted = before + table() + after;
        if (Boolean.getBoolean("write.docs")) {
            Files.writeString(PAGE, wanted);
        }
        assertThat(page)
                .as("ARCHITECTURE.md is stale; run this test with -Dwrite.docs=true")
                .isEqualTo(wanted);
    }

    private String table() throws IOException {
        Map<String, TreeSet<String>> uses = new TreeMap<>();
        for (ApplicationModule module : modules) {
            TreeSet<String> names = new TreeSet<>();
            module.getDirectDependencies(modules).stream()
                    .map(d -> d.getTargetModule().getIdentifier().toString())
                    .forEach(names::add);
            uses.put(module.getIdentifier().toString(), names);
        }
        assertThat(uses.size()).isGreaterThan(8);
        StringBuilder text = new StringBuilder("| floor | module | what it does | uses |\n");
        text.append("|---|---|---|---|\n");
        List<String> order =
                uses.keySet().stream()
                        .sorted(
                                Comparator.comparingInt((String m) -> -floor(m, uses))
                                        .thenComparing(Comparator.naturalOrder()))
                        .toList();
        for (String module : order) {
            text.append("| ")
                    .append(floor(module, uses))
                    .append(" | `")
                    .append(module)
                    .append("` | ")
                    .append(sentence(module))
                    .append(" | ")
                    .append(String.join(", ", uses.getOrDefault(module, new TreeSet<>())))
                    .append(" |\n");
        }
        return text.toString();
    }

    private static int floor(String module, Map<String, TreeSet<String>> uses) {
        return uses.getOrDefault(module, new TreeSet<>()).stream()
                        .mapToInt(m -> floor(m, uses))
                        .max()
                        .orElse(-1)
                + 1;
    }

    private static String sentence(String module) throws IOException {
        String source = Files.readString(SOURCES.resolve(module).resolve("package-info.java"));
        Matcher found = SENTENCE.matcher(source);
        assertThat(found.find()).isTrue();
        return found.group(1).replaceAll("\\s*\\*?\\s+", " ").strip();
    }
}
