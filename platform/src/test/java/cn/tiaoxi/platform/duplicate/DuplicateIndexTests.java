package cn.tiaoxi.platform.duplicate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DuplicateIndexTests {
    private static final List<Aspect> ASPECTS =
            List.of(
                    new Aspect("title", Aspect.Form.WORDS, 4),
                    new Aspect("functions", Aspect.Form.WORDS, 3),
                    new Aspect("datasets", Aspect.Form.VALUES, 2),
                    new Aspect("organisation", Aspect.Form.ORGANISATION, 1));
    private static final Synonyms SYNONYMS =
            new Synonyms(
                    new Synonyms.Table(
                            List.of(
                                    List.of("企业", "市场主体"),
                                    List.of("人社", "人力资源和社会保障"),
                                    List.of("审批", "办理"),
                                    List.of("危化品", "危险化学品"),
                                    List.of("服务业")),
                            List.of(
                                    List.of("系统", "平台", "应用"),
                                    List.of("管理", "监管"),
                                    List.of("服务"),
                                    List.of("智慧", "数字化")),
                            List.of("的", "面向")),
                    List.of("湖州市", "吴兴区"));

    private final DuplicateIndex index = new DuplicateIndex(ASPECTS, SYNONYMS);
    private final Map<UUID, Subject> subjects = new LinkedHashMap<>();

    private UUID add(String title) {
        return add(subject(title, "", List.of(), ""));
    }

    private UUID add(Subject subject) {
        UUID id = new UUID(0, subjects.size());
        subjects.put(id, subject);
        index.put(id, subject);
        return id;
    }

    private static Subject subject(
            String title, String functions, List<String> datasets, String organisation) {
        return new Subject(
                Map.of(
                        "title", List.of(title),
                        "functions", List.of(functions),
                        "datasets", datasets,
                        "organisation", List.of(organisation)));
    }

    private List<DuplicateIndex.Match> nearest(Subject proposal) {
        return index.nearest(proposal, null, 5, 0, this::read);
    }

    private List<DuplicateIndex.Match> nearest(String title) {
        return nearest(subject(title, "", List.of(), ""));
    }

    private Map<UUID, Subject> read(Collection<UUID> ids) {
        Map<UUID, Subject> found = new HashMap<>(subjects);
        found.keySet().retainAll(ids);
        return found;
    }

    private void addSomeOthers() {
        List.of(
                        "河道巡查系统",
                        "水库监测平台",
                        "学籍档案应用",
                        "职称评审系统",
                        "公共停车位预约平台",
                        "电梯维保监管系统",
                        "婚姻档案管理系统",
                        "殡葬设施预约应用")
                .forEach(this::add);
    }

    @ParameterizedTest
    @CsvSource({
        "危险化学品企业审批系统, 湖州市2025年智慧市场主体危化品办理平台",
        "人社培训管理系统, 吴兴区人力资源和社会保障培训监管应用",
        "排污许可审批系统, 面向排污许可的办理平台",
        "ＡＩ审批系统, ai 办理"
    })
    void aRewordedTitleIsFoundFirstAndRaisesAnAlarm(String existing, String proposed) {
        addSomeOthers();
        UUID id = add(existing);

        List<DuplicateIndex.Match> found = nearest(proposed);

        assertThat(found).isNotEmpty();
        assertThat(found.getFirst().id()).isEqualTo(id);
        assertThat(found.getFirst().likeness().score())
                .isGreaterThan(DuplicateIndex.USUAL_THRESHOLD);
    }

    @Test
    void anotherSubjectInTheSameGenericWordsRaisesNoAlarm() {
        addSomeOthers();
        add("茶叶基地智慧管理服务平台");

        assertThat(nearest("户外广告智慧管理服务平台"))
                .allSatisfy(
                        m ->
                                assertThat(m.likeness().score())
                                        .isLessThan(DuplicateIndex.USUAL_THRESHOLD));
    }

    @Test
    void theReasonsNameTheWordsOfBothWhereTheyDiffer() {
        addSomeOthers();
        add(subject("企业排污审批系统", "在线受理", List.of("d1", "d2"), "330500-ecology"));

        Likeness likeness =
                nearest(subject("市场主体排污办理", "受理", List.of("d2", "d3"), "330500-ecology"))
                        .getFirst()
                        .likeness();

        assertThat(likeness.shared())
                .extracting(s -> s.aspect().field())
                .containsExactlyInAnyOrder("title", "functions", "datasets", "organisation");
        assertThat(words(likeness, "title"))
                .containsExactlyInAnyOrder("市场主体 ≈ 企业", "排污", "办理 ≈ 审批");
        assertThat(words(likeness, "datasets")).containsExactly("d2");
        assertThat(likeness.shared().stream().mapToDouble(Likeness.Shared::share).sum())
                .isCloseTo(1, org.assertj.core.data.Offset.offset(1e-9));
    }

    private static List<String> words(Likeness likeness, String field) {
        return likeness.shared().stream()
                .filter(s -> s.aspect().field().equals(field))
                .flatMap(s -> s.words().stream())
                .toList();
    }

    @Test
    void aKeptWordIsNotCutByAShorterOneInIt() {
        addSomeOthers();
        UUID industry = add("服务业统计系统");
        add("服务评价系统");

        assertThat(nearest("服务业数据平台").getFirst().id()).isEqualTo(industry);
    }

    @Test
    void theSameDepartmentRaisesTheScoreButAnotherDoesNotLowerIt() {
        addSomeOthers();
        add(subject("排污许可审批系统", "受理", List.of(), "330500-ecology"));

        double same = score("330500-ecology");
        double other = score("330500-water");
        double none = score("");

        assertThat(same).isGreaterThan(other);
        assertThat(other).isEqualTo(none);
    }

    private double score(String organisation) {
        return nearest(subject("排污登记系统", "受理", List.of(), organisation))
                .getFirst()
                .likeness()
                .score();
    }

    @Test
    void aChangedSubjectIsFoundByItsNewWordsOnly() {
        addSomeOthers();
        UUID id = add("湿地保护监测");
        Subject changed = subject("古树名木档案", "", List.of(), "");
        subjects.put(id, changed);
        index.put(id, changed);

        assertThat(nearest("湿地保护")).isEmpty();
        assertThat(nearest("古树名木").getFirst().id()).isEqualTo(id);
        assertThat(index.size()).isEqualTo(9);
    }

    @Test
    void whatIsTakenOutOrLeftOutIsNotFound() {
        addSomeOthers();
        UUID id = add("湿地保护监测");

        assertThat(index.nearest(subjects.get(id), id, 5, 0, this::read))
                .noneMatch(m -> m.id().equals(id));
        index.remove(id);
        index.remove(id);
        assertThat(nearest("湿地保护")).isEmpty();
    }

    @Test
    void manyChangesAreTidiedUp() {
        for (int i = 0; i < 5_000; i++) {
            index.put(new UUID(1, i % 50), subject("项目" + i + "号河道", "", List.of(), ""));
        }
        Subject last = subject("湿地保护监测", "", List.of(), "");
        UUID id = new UUID(1, 7);
        subjects.put(id, last);
        index.put(id, last);

        assertThat(index.size()).isEqualTo(50);
        assertThat(nearest("湿地保护监测")).extracting(DuplicateIndex.Match::id).containsExactly(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "，。！？——……", "\u0000\u0001", "2025年", "的"})
    void nothingToCompareFindsNothing(String title) {
        addSomeOthers();
        assertThat(nearest(title)).isEmpty();
    }

    @Test
    void onlyTheOrganisationIsNothingToCompare() {
        add(subject("湿地保护监测", "", List.of(), "330500-water"));
        assertThat(nearest(subject("", "", List.of(), "330500-water"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"<script>alert(1)</script>", "𠮷野家审批\ud842", "a b c d e f", "系统平台应用"})
    void strangeTextsFindThemselves(String title) {
        addSomeOthers();
        UUID id = add(title);
        assertThat(nearest(title).getFirst().id()).isEqualTo(id);
    }

    @Test
    void aHundredThousandCharactersAreCutNotRefused() {
        addSomeOthers();
        UUID id = add("湿地保护监测");
        String endless = "湿地保护监测" + "甲乙丙丁".repeat(25_000);
        List<String> values =
                java.util.stream.IntStream.range(0, 100_000).mapToObj(Integer::toString).toList();

        assertThat(nearest(subject(endless, endless, values, "x")).getFirst().id()).isEqualTo(id);
    }
}
