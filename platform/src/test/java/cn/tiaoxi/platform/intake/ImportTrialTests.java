package cn.tiaoxi.platform.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cn.tiaoxi.platform.PlatformTest;
import cn.tiaoxi.platform.Visitor;
import cn.tiaoxi.platform.Visitors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Imports of public data; skipped where it does not lie beside the project. */
@PlatformTest
class ImportTrialTests {
    private static final Path DATA = Path.of("../../shared/data");

    @Autowired private Visitors visitors;
    @Autowired private JdbcClient database;

    private Visitor steward = null;

    @BeforeEach
    void signIn() {
        steward = visitors.person("zhao.lei");
    }

    private static Path data(String name) {
        String given = System.getProperty("tiaoxi.shared.data");
        Path file = (given == null ? DATA : Path.of(given)).resolve(name);
        assumeTrue(Files.exists(file), "the public data " + name + " is not beside the project");
        return file;
    }

    @Test
    void countiesAndTownsBecomeALedgerWithParents() throws IOException {
        Path counties = data("places/areas.csv");
        Path towns = data("places/streets.csv");
        Bringer.activate(steward, "import-place", place());
        Bringer places = new Bringer(steward, "import-place");
        StringBuilder all = new StringBuilder("代码,名称,上级\n");
        for (String line : Files.readAllLines(towns).stream().skip(1).toList()) {
            String[] cells = line.replace("\"", "").split(",");
            all.append(cells[0] + "," + cells[1] + "," + cells[2] + "\n");
        }
        for (String line : Files.readAllLines(counties).stream().skip(1).toList()) {
            String[] cells = line.replace("\"", "").split(",");
            all.append(cells[0] + "," + cells[1] + ",\n");
        }
        JsonNode job = places.bring("places.csv", all.toString().getBytes(StandardCharsets.UTF_8));
        JsonNode checked = places.check(job);
        assertThat(Bringer.counts(checked)).containsExactly(44_330, 0, 0, 0);
        JsonNode applied = places.apply(checked);
        assertThat(Bringer.counts(applied)).containsExactly(44_330, 0, 0, 0);
        assertThat(
                        database.sql(
                                        """
                                        SELECT count(*) FROM published.ledger_link l
                                          JOIN published.ledger_entry e ON e.id = l.source
                                         WHERE e.type = 'import-place'
                                        """)
                                .query(Long.class)
                                .single())
                .isEqualTo(41_352);
    }

    private static String place() {
        return """
        id: import-place
        name: {zh: 区划, en: Places}
        description: {zh: 试验用, en: For tests}
        identifier: "{given}"
        parent: above
        states:
          - {id: LIVE, name: {zh: 在用, en: In use}}
        initial: LIVE
        groups:
          - {id: basic, name: {zh: 基本, en: Basics}}
        fields:
          - {id: title, name: {zh: 名称, en: Name}, type: TEXT, required: true, longest: 100, group: basic, list: true}
          - {id: above, name: {zh: 上级, en: Above}, type: REFERENCE, ledger: import-place, group: basic}
        rules: []
        """;
    }

    @Test
    void theProjectsOfAGovernmentComeByASpreadsheet() throws IOException {
        Path csv = data("projects/us_federal_it_projects_2012.csv");
        Bringer.activate(steward, "import-project", project());
        Bringer projects = new Bringer(steward, "import-project");
        JsonNode job = projects.bring("projects.csv", Files.readAllBytes(csv));
        JsonNode matched =
                projects.match(
                        job,
                        "investment",
                        null,
                        null,
                        "agency",
                        null,
                        "code",
                        "title",
                        "start",
                        "variance",
                        "planned",
                        null,
                        "duration",
                        null,
                        null);
        JsonNode checked = projects.check(matched);
        List<Integer> counts = Bringer.counts(checked);
        assertThat(checked.path("counts").path("rows").asInt()).isEqualTo(1547);
        assertThat(projects.notices(checked)).contains("intake.entities");
        JsonNode applied = projects.apply(checked);
        assertThat(Bringer.counts(applied)).isEqualTo(counts);
        assertThat(counts.get(0)).isGreaterThan(1_400);
        assertThat(
                        database.sql(
                                        """
                                        SELECT count(*) FROM published.ledger_entry
                                         WHERE type = 'import-project' AND title LIKE '%&amp;%'
                                        """)
                                .query(Long.class)
                                .single())
                .isZero();
    }

    private static String project() {
        return """
        id: import-project
        name: {zh: 试验项目, en: Test projects}
        description: {zh: 试验用, en: For tests}
        identifier: "{given}"
        states:
          - {id: LIVE, name: {zh: 在建, en: Running}}
        initial: LIVE
        groups:
          - {id: basic, name: {zh: 基本, en: Basics}}
        fields:
          - {id: title, name: {zh: 项目名称, en: Project name}, type: TEXT, required: true, longest: 300, group: basic, list: true}
          - {id: investment, name: {zh: 投资编号, en: Investment}, type: TEXT, longest: 60, group: basic}
          - {id: agency, name: {zh: 主管机关, en: Agency}, type: TEXT, longest: 100, group: basic}
          - {id: start, name: {zh: 开工日期, en: Start date}, type: DATE, group: basic}
          - {id: variance, name: {zh: 超支, en: Cost variance}, type: NUMBER, group: basic}
          - {id: planned, name: {zh: 计划费用, en: Planned cost}, type: NUMBER, group: basic}
          - {id: duration, name: {zh: 计划天数, en: Planned duration}, type: NUMBER, group: basic}
        rules: []
        """;
    }

    @Test
    void theFieldsOfAnInterfaceDescriptionBecomeEntries() throws IOException {
        Path file = data("openapi/security-server-openapi.yaml");
        JsonNode document = YAMLMapper.builder().build().readTree(Files.readString(file));
        Bringer.activate(steward, "import-field", field());
        List<String> lines = new ArrayList<>();
        JsonMapper json = JsonMapper.builder().build();
        document.path("components")
                .path("schemas")
                .properties()
                .forEach(
                        schema ->
                                schema.getValue()
                                        .path("properties")
                                        .properties()
                                        .forEach(
                                                p -> {
                                                    Map<String, Object> row = new LinkedHashMap<>();
                                                    row.put(
                                                            "code",
                                                            schema.getKey() + "." + p.getKey());
                                                    row.put("title", p.getKey());
                                                    row.put("of", schema.getKey());
                                                    row.put(
                                                            "form",
                                                            p.getValue()
                                                                    .path("type")
                                                                    .asString("object"));
                                                    row.put(
                                                            "help",
                                                            p.getValue()
                                                                    .path("description")
                                                                    .asString(""));
                                                    lines.add(json.writeValueAsString(row));
                                                }));
        assertThat(lines.size()).isGreaterThan(200);
        Bringer fields = new Bringer(steward, "import-field");
        JsonNode applied =
                fields.take(
                        "fields.jsonl", String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
        assertThat(Bringer.counts(applied)).containsExactly(lines.size(), 0, 0, 0);
    }

    private static String field() {
        return """
        id: import-field
        name: {zh: 接口字段, en: Fields}
        description: {zh: 试验用, en: For tests}
        identifier: "{given}"
        states:
          - {id: LIVE, name: {zh: 在用, en: In use}}
        initial: LIVE
        groups:
          - {id: basic, name: {zh: 基本, en: Basics}}
        fields:
          - {id: title, name: {zh: 字段名, en: Name}, type: TEXT, required: true, longest: 100, group: basic, list: true}
          - {id: of, name: {zh: 所属对象, en: Object}, type: TEXT, longest: 100, group: basic}
          - {id: form, name: {zh: 类型, en: Type}, type: TEXT, longest: 40, group: basic}
          - {id: help, name: {zh: 说明, en: Description}, type: TEXT, longest: 1000, group: basic}
        rules: []
        """;
    }
}
