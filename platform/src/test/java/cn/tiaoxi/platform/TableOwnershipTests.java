package cn.tiaoxi.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tables are private to their module: its SQL names its own schema and what is open to all. */
class TableOwnershipTests {
    private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");
    private static final Set<String> OPEN =
            Set.of("published", "public", "pg_catalog", "information_schema");

    /** Schemas that are not called like the module that owns them. */
    private static final Map<String, String> OWNERS =
            Map.of(
                    // Gateways read it under a role that must not see the tables of sharing.
                    "serving", "sharing");

    private static final String IF_EXISTS = "(?:IF\\s+(?:NOT\\s+)?EXISTS\\s+)?+";
    private static final Pattern CREATION =
            Pattern.compile("(?i)\\bCREATE\\s+SCHEMA\\s+" + IF_EXISTS + "(\\w+)");
    private static final Pattern HOMELESS =
            Pattern.compile(
                    "(?i)\\bCREATE\\s+(?:OR\\s+REPLACE\\s+|UNLOGGED\\s+|MATERIALIZED\\s+)?"
                            + "(?:TABLE|VIEW|SEQUENCE|TYPE|FUNCTION)\\s+"
                            + IF_EXISTS
                            + "(\\w++)(?!\\s*\\.)");

    private final Map<String, String> migrations = migrations();
    private final Map<String, String> makers = makers(migrations);
    private final Pattern named =
            Pattern.compile(
                    "(?i)(?<![\\w.:/-])(?<table>%s)\\.(?=[\\w\"%%]|$)"
                                    .formatted(String.join("|", makers.keySet()))
                            + "|\\b(?:ON|IN|CREATE|ALTER|DROP)\\s+SCHEMA\\s+"
                            + IF_EXISTS
                            + "(?<schema>\\w+)");

    /** A schema's name in a text. */
    record Naming(String module, String place, String schema) {
        boolean isAllowed() {
            return OPEN.contains(schema) || OWNERS.getOrDefault(schema, schema).equals(module);
        }

        @Override
        public String toString() {
            return "%s names the schema %s".formatted(place, schema);
        }
    }

    @Test
    void everySchemaIsMadeByItsModule() {
        assertThat(makers).hasSizeGreaterThanOrEqualTo(9);
        makers.forEach(
                (schema, module) ->
                        assertThat(new Naming(module, "a migration of " + module, schema))
                                .matches(Naming::isAllowed));
    }

    @Test
    void theSourcesOfAModuleNameNoOtherModulesSchema() {
        Set<String> messages = Bundle.keysOfAll();
        List<Naming> namings =
                Literal.ofThePlatform().stream()
                        .filter(l -> !messages.contains(l.text()))
                        .flatMap(l -> namings(l).stream())
                        .toList();
        assertThat(namings.size()).isGreaterThan(140);
        assertThat(namings.stream().map(Naming::schema))
                .containsAll(new TreeSet<>(makers.keySet()));
        assertThat(namings).filteredOn(n -> !n.isAllowed()).isEmpty();
    }

    @Test
    void theMigrationsOfAModuleNameNoOtherModulesSchema() {
        List<Naming> namings =
                migrations.entrySet().stream()
                        .flatMap(m -> namings(m.getKey(), 1, m.getValue()).stream())
                        .toList();
        assertThat(namings.size()).isGreaterThan(180);
        assertThat(namings).filteredOn(n -> !n.isAllowed()).isEmpty();
    }

    @Test
    void theMigrationsMakeNothingOutsideOfASchema() {
        List<String> homeless = new ArrayList<>();
        migrations.forEach((file, sql) -> homeless.addAll(homeless(file, sql)));
        assertThat(homeless).isEmpty();
    }

    @Test
    void aForeignSchemaIsFoundWithFileAndLine() {
        String source =
                """
                class PeopleStore {
                    // It's a comment: SELECT name FROM evidence.change
                    private static final char QUOTE = '"';
                    String own = "SELECT name FROM identity.person";
                    String open = "SELECT record FROM published.change";
                    String block = \"""
                            SELECT name
                              FROM identity.person p, Ledger.entry e
                            \""";
                    String dynamic = "DROP TABLE serving." + table;
                    String grant = "GRANT USAGE ON SCHEMA elsewhere TO somebody";
                }
                """;
        List<Naming> namings =
                Literal.in(Path.of("identity/PeopleStore.java"), source).stream()
                        .flatMap(l -> namings(l).stream())
                        .filter(n -> !n.isAllowed())
                        .toList();

        assertThat(namings)
                .map(Naming::toString)
                .containsExactly(
                        "identity/PeopleStore.java:8 names the schema ledger",
                        "identity/PeopleStore.java:10 names the schema serving",
                        "identity/PeopleStore.java:11 names the schema elsewhere");
    }

    @Test
    void aForeignSchemaIsFoundInAMigration() {
        String sql =
                """
                -- Like ledger.entry.
                CREATE TABLE IF NOT EXISTS rule.run (id uuid PRIMARY KEY);
                CREATE TABLE stray (id uuid PRIMARY KEY);
                ALTER TABLE rule.run ADD entry uuid REFERENCES ledger.entry (id);
                """;
        assertThat(namings("rule/V1__rule_runs.sql", 1, withoutComments(sql)))
                .filteredOn(n -> !n.isAllowed())
                .map(Naming::toString)
                .containsExactly("rule/V1__rule_runs.sql:4 names the schema ledger");
        assertThat(homeless("rule/V1__rule_runs.sql", sql))
                .containsExactly("rule/V1__rule_runs.sql:3 makes stray in no schema");
    }

    private List<Naming> namings(Literal literal) {
        return namings(literal.file().toString(), literal.line(), literal.text());
    }

    private List<Naming> namings(String file, int firstLine, String text) {
        List<Naming> all = new ArrayList<>();
        Matcher found = named.matcher(text);
        while (found.find()) {
            String schema = found.group("table") == null ? "schema" : "table";
            int line = firstLine + Literal.lineOf(text, found.start()) - 1;
            all.add(
                    new Naming(
                            moduleOf(file),
                            file + ":" + line,
                            found.group(schema).toLowerCase(Locale.ROOT)));
        }
        return all;
    }

    private static List<String> homeless(String file, String sql) {
        return HOMELESS.matcher(sql)
                .results()
                .map(
                        r ->
                                "%s:%d makes %s in no schema"
                                        .formatted(
                                                file, Literal.lineOf(sql, r.start()), r.group(1)))
                .toList();
    }

    private static String moduleOf(String file) {
        return file.substring(0, Math.max(0, file.indexOf('/')));
    }

    /** Every migration by its file, without comments. */
    private static Map<String, String> migrations() {
        try (Stream<Path> files = Files.walk(MIGRATIONS)) {
            return files.filter(f -> f.toString().endsWith(".sql"))
                    .collect(
                            Collectors.toMap(
                                    f -> MIGRATIONS.relativize(f).toString(),
                                    f -> withoutComments(read(f)),
                                    (a, b) -> a,
                                    TreeMap::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String withoutComments(String sql) {
        return sql.replaceAll("--[^\n]*", "");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every schema that a migration makes, with the module of the migration. */
    private static Map<String, String> makers(Map<String, String> migrations) {
        Map<String, String> makers = new TreeMap<>();
        migrations.forEach(
                (file, sql) ->
                        CREATION.matcher(sql)
                                .results()
                                .forEach(r -> makers.put(r.group(1), moduleOf(file))));
        return makers;
    }
}
