package cn.tiaoxi.platform.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.platform.PlatformTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@PlatformTest
class TypeFileTests {
    private static final String SOUND =
            """
            id: trial
            name: {zh: 试验, en: Trial}
            description: {zh: 试验, en: Trial}
            identifier: "T{city}{month}{sequence:6}"
            states:
              - {id: HERE, name: {zh: 在用, en: Here}}
              - {id: GONE, name: {zh: 停用, en: Gone}, ended: true}
            initial: HERE
            transitions:
              - {action: end, name: {zh: 停用, en: End}, from: [HERE], to: GONE}
            groups:
              - {id: basic, name: {zh: 基本, en: Basics}}
            fields:
              - {id: title, name: {zh: 名称, en: Title}, type: TEXT, required: true, group: basic}
              - {id: kind, name: {zh: 类型, en: Kind}, type: CODE, codes: [{code: A, name: {zh: 甲, en: A}}]}
              - {id: extra, name: {zh: 补充, en: Extra}, type: BOOLEAN, when: {field: kind, in: [A]}}
            rules:
              - id: title-long
                name: {zh: 名称, en: Title}
                description: {zh: 名称, en: Title}
                expression: size(entry.title) > 3
                detail: {message: {zh: 太短, en: Short}, mend: {zh: 加长, en: Lengthen}}
            """;

    @Autowired private LedgerTypes types;

    private List<TypeProblem> problems(String before, String after) {
        assertThat(SOUND).contains(before);
        return types.check("trial", SOUND.replace(before, after)).problems();
    }

    private void assertRefused(String before, String after, int line, String reason) {
        assertThat(problems(before, after))
                .as(after)
                .anySatisfy(
                        p -> {
                            assertThat(p.line()).isEqualTo(line);
                            assertThat(p.message().en()).contains(reason);
                            assertThat(p.message().zh()).isNotBlank();
                        });
    }

    @Test
    void aSoundFileHasNoProblems() {
        assertThat(types.check("trial", SOUND).problems()).isEmpty();
    }

    @Test
    void everyFileOfTheCityPasses() {
        assertThat(types.all()).hasSizeGreaterThan(2);
    }

    @Test
    void whatIsWrongIsToldWithLineAndReason() {
        assertRefused("identifier:", "identifer:", 4, "identifer");
        assertRefused("initial: HERE", "initial: NOWHERE", 8, "NOWHERE");
        assertRefused("from: [HERE]", "from: [THERE]", 10, "THERE");
        assertRefused("{sequence:6}", "", 4, "sequence");
        assertRefused("group: basic", "group: other", 14, "other");
        assertRefused("type: TEXT, required", "type: TEXTS, required", 14, "TEXTS");
        assertRefused(
                "codes: [{code: A, name: {zh: 甲, en: A}}]", "codeList: nowhere", 15, "nowhere");
        assertRefused("in: [A]", "in: [B]", 16, "B");
        assertRefused("id: trial", "id: other", 1, "trial");
        assertRefused("id: extra", "id: kind", 16, "twice");
    }

    @Test
    void whatTheReaderCannotTakeIsToldInWordsWithWhatItCould() {
        assertRefused(
                "type: TEXT, required", "type: TEXTS, required", 14, "allowed are: TEXT, NUMBER");
        assertRefused("identifier:", "identifer:", 4, "there are: access");
        assertRefused("required: true", "required: perhaps", 14, "must be true or false");
        assertRefused("from: [HERE]", "from: {a: HERE}", 10, "here must be a list");
        assertRefused("name: {zh: 甲, en: A}", "name: 甲", 15, "here must be keys with values");
        assertThat(problems("type: TEXT, required", "type: TEXTS, required"))
                .singleElement()
                .satisfies(
                        p ->
                                assertThat(p.message().zh())
                                        .startsWith("“TEXTS”不可用，可用的值：TEXT")
                                        .doesNotContain("Cannot", "java"));
    }

    @Test
    void conditionsThatDependOnEachOtherAreRefused() {
        assertRefused(
                "type: CODE, codes",
                "type: CODE, when: {field: extra, in: ['true']}, codes",
                15,
                "circle");
    }

    @Test
    void referencesNameALedgerThatThereIs() {
        assertRefused(
                "type: BOOLEAN, when",
                "type: REFERENCE, ledger: nowhere, when",
                16,
                "there is no nowhere");
    }

    @Test
    void rulesThatDoNotCompileOrCouldCostTooMuchAreRefused() {
        assertRefused("size(entry.title) > 3", "size(entry.title) >", 21, "title-long");
        assertRefused("size(entry.title) > 3", "size(entree.title) > 3", 21, "entree");
        assertRefused("size(entry.title) > 3", "size(entry.title)", 21, "bool");
        assertRefused(
                "size(entry.title) > 3",
                "\"[1,2].all(a, [1,2].all(b, [1,2].all(c, [1,2].all(d, a + b + c + d > 0))))\"",
                21,
                "deep");
        assertRefused(
                "size(entry.title) > 3", "size('" + "x".repeat(5_000) + "') > 3", 21, "title-long");
    }

    @Test
    void somethingThatIsNoTypeAtAllIsRefused() {
        for (String text : List.of("", "[]", "hello", "{", "a: &a [*a]", "id: [1, 2]", "\t- x")) {
            assertThat(types.check("trial", text).problems()).as(text).isNotEmpty();
        }
        assertThat(types.check("trial", "x".repeat(500_000)).problems()).isNotEmpty();
    }

    @Test
    void gatesAndPermissionsMustBeThere() {
        assertRefused("to: GONE}", "to: GONE, gate: heaven}", 10, "heaven");
        assertRefused("to: GONE}", "to: GONE, permission: moon:walk}", 10, "moon:walk");
    }
}
