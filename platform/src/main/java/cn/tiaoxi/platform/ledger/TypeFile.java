package cn.tiaoxi.platform.ledger;

import cn.tiaoxi.platform.border.Words;
import cn.tiaoxi.platform.city.CityFolder;
import cn.tiaoxi.platform.rule.RuleBook;
import cn.tiaoxi.platform.rule.Rules;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads the text of type files, and says with line and reason what is wrong with one. */
@Component
class TypeFile {
    private static final int LARGEST = 400_000;
    private static final String CODES = "codes.yaml";
    private static final YAMLMapper YAML =
            YAMLMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .build();

    private final Rules rules;
    private final Map<String, List<LedgerType.Code>> codeLists = new HashMap<>();

    /** The shape of {@code codes.yaml}: lists of codes that several types share. */
    record CodesFile(List<CodeList> lists) {}

    /** A shared list of codes. */
    record CodeList(String id, Words name, List<LedgerType.Code> codes) {}

    TypeFile(CityFolder folder, Rules rules) {
        this.rules = rules;
        if (Files.exists(folder.path(CODES))) {
            folder.read(CODES, CodesFile.class)
                    .lists()
                    .forEach(l -> codeLists.put(l.id(), List.copyOf(l.codes())));
        }
    }

    /**
     * What a text says.
     *
     * @param type the type; null if the text has not its form
     * @param problems what is wrong, by line
     */
    record Result(@Nullable LedgerType type, List<TypeProblem> problems) {}

    /**
     * Reads a text that was checked before.
     *
     * @throws JacksonException if it has not the form of a type
     */
    LedgerType read(String yaml) {
        return withCodes(YAML.readValue(yaml, LedgerType.class));
    }

    /**
     * Reads and checks a text by itself and beside the other types.
     *
     * @param id name that its file has
     * @param others whether there is a type of a name, this one included
     * @param gates whether there is a gate of a name
     * @param permissions whether some role has a permission
     */
    Result check(
            String yaml,
            String id,
            Predicate<String> others,
            Predicate<String> gates,
            Predicate<String> permissions) {
        if (yaml.length() > LARGEST) {
            return new Result(
                    null,
                    List.of(
                            new TypeProblem(
                                    1,
                                    1,
                                    new Words(
                                            "文件太大，最多 " + LARGEST + " 个字符",
                                            "the file is too large; the most is "
                                                    + LARGEST
                                                    + " characters"))));
        }
        LedgerType type;
        try {
            type = YAML.readValue(yaml, LedgerType.class);
        } catch (JacksonException e) {
            return new Result(null, List.of(problem(e, yaml)));
        }
        YamlPlaces places = YamlPlaces.of(yaml);
        TypeCheck check = new TypeCheck(places, others, gates, permissions, codeLists.keySet());
        LedgerType whole = withCodes(type);
        check.check(whole, id);
        compile(
                whole,
                p ->
                        check.problem(
                                List.of("rules", p.rule(), p.part().replaceFirst("\\..*", "")),
                                "规则 %s 的 %s：%s"
                                        .formatted(
                                                whole.rules().get(p.rule()).id(),
                                                p.part(),
                                                p.reason()),
                                "rule %s, %s: %s"
                                        .formatted(
                                                whole.rules().get(p.rule()).id(),
                                                p.part(),
                                                p.reason())));
        return new Result(whole, check.problems());
    }

    /** The rules of a type; those that do not compile are told. */
    RuleBook<FindingDetail> compile(LedgerType type, Consumer<Rules.Problem> problems) {
        return rules.compile(
                "ledger." + type.id(),
                "ledgers/" + type.id() + ".yaml",
                type.rules(),
                FindingDetail.variables(type),
                FindingDetail.class,
                problems);
    }

    private LedgerType withCodes(LedgerType type) {
        List<LedgerType.Field> fields = new ArrayList<>();
        for (LedgerType.Field field : type.fields()) {
            String shared = field.codeList();
            List<LedgerType.Code> codes = shared == null ? null : codeLists.get(shared);
            fields.add(codes == null ? field : field.withCodes(codes));
        }
        return type.withFields(fields);
    }

    private static TypeProblem problem(JacksonException e, String yaml) {
        YamlPlaces.Place place = place(e, yaml);
        return new TypeProblem(place.line(), place.column(), ReaderWords.of(e));
    }

    /** By the path to the value, since the reader is further on when it notices. */
    private static YamlPlaces.Place place(JacksonException e, String yaml) {
        List<Object> path = new ArrayList<>();
        for (JacksonException.Reference each : e.getPath()) {
            String name = each.getPropertyName();
            path.add(name == null ? Integer.toString(each.getIndex()) : name);
        }
        YamlPlaces.Place found = YamlPlaces.of(yaml).of(path);
        var location = e.getLocation();
        return !found.equals(YamlPlaces.Place.START) || location == null || location.getLineNr() < 1
                ? found
                : new YamlPlaces.Place(location.getLineNr(), Math.max(1, location.getColumnNr()));
    }
}
