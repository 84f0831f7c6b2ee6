package cn.tiaoxi.platform.ledger.web;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.platform.Visitor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A ledger with a field of every kind, put in force for tests over HTTP. */
final class TrialLedger {
    private static final String TYPE =
            """
            id: %1$s
            name: {zh: 试验台账, en: Trial ledger}
            description: {zh: 供测试, en: For tests}
            identifier: "T%2$s{month}{sequence:6}"
            unique: [[number]]
            parent: above
            states:
              - {id: OPEN, name: {zh: 在用, en: Open}}
              - {id: ENDED, name: {zh: 停用, en: Ended}, ended: true}
            initial: OPEN
            transitions:
              - {action: end, name: {zh: 停用, en: End}, from: [OPEN], to: ENDED, reason: true}
              - {action: reopen, name: {zh: 启用, en: Reopen}, from: [ENDED], to: OPEN, sound: true}
            groups:
              - {id: basic, name: {zh: 基本, en: Basics}, help: {zh: 说明, en: Help}}
            fields:
              - {id: title, name: {zh: 名称, en: Title}, type: TEXT, required: true, longest: 100, group: basic}
              - {id: note, name: {zh: 说明, en: Note}, type: TEXT, longest: 1000}
              - {id: number, name: {zh: 文号, en: Number}, type: TEXT}
              - {id: amount, name: {zh: 金额, en: Amount}, type: NUMBER, least: 0, most: 1000, decimals: 2, list: true, unit: {zh: 万元, en: "10,000 yuan"}}
              - {id: day, name: {zh: 日期, en: Day}, type: DATE}
              - {id: flag, name: {zh: 标记, en: Flag}, type: BOOLEAN, filter: true}
              - {id: kind, name: {zh: 类型, en: Kind}, type: CODE, filter: true, list: true, codes: [{code: A, name: {zh: 甲, en: Alpha}}, {code: B, name: {zh: 乙, en: Beta}}]}
              - {id: many, name: {zh: 多选, en: Many}, type: CODE, many: true, filter: true, codes: [{code: X, name: {zh: 子, en: X}}, {code: Y, name: {zh: 丑, en: Y}}]}
              - {id: onlyB, name: {zh: 仅乙, en: Only beta}, type: TEXT, required: true, when: {field: kind, in: [B]}}
              - {id: division, name: {zh: 区划, en: Division}, type: DIVISION}
              - {id: user, name: {zh: 使用单位, en: Used by}, type: ORGANISATION}
              - {id: person, name: {zh: 负责人, en: In charge}, type: PERSON}
              - {id: above, name: {zh: 上级, en: Above}, type: REFERENCE, ledger: %1$s, back: {zh: 下级, en: Below}}
              - {id: related, name: {zh: 相关, en: Related}, type: REFERENCE, ledger: %1$s, many: true, filter: true}
              - {id: file, name: {zh: 附件, en: File}, type: FILE}
              - {id: place, name: {zh: 位置, en: Place}, type: GEOMETRY}
              - {id: code, name: {zh: 信用代码, en: Credit code}, type: TEXT, check: USCC}
              - {id: shape, name: {zh: 格式, en: Shape}, type: TEXT, pattern: "[A-Z]{3}", patternHelp: {zh: 三个大写字母, en: three capitals}}
              - {id: secret, name: {zh: 身份证号, en: Resident ID}, type: TEXT, read: "ledger:personal"}
            rules:
              - id: required-fields
                name: {zh: 必填项, en: Required}
                description: {zh: 必填项, en: Required}
                weight: 3
                each: type.required
                expression: item.filled
                values: {id: item.id, zh: item.zh, en: item.en}
                detail: {message: {zh: "没有“{zh}”", en: "no “{en}”"}, mend: {zh: 填写, en: Fill in}, field: "{id}", severity: BLOCKING}
              - id: related-open
                name: {zh: 相关在用, en: Related open}
                description: {zh: 相关条目在用, en: Related entries are open}
                expression: links.related.all(l, l.state == "OPEN")
                detail: {message: {zh: 相关已停用, en: A related one ended}, mend: {zh: 更换, en: Replace}, field: related}
            """;

    private final String id;
    private final Visitor steward;

    private TrialLedger(String id, Visitor steward) {
        this.id = id;
        this.steward = steward;
    }

    /** Puts the type in force under a name, if it is not yet. */
    static TrialLedger open(String id, String prefix, Visitor steward) {
        if (steward.get("/api/v1/ledgers/" + id).status() == 404) {
            Visitor.Answer answer =
                    steward.sendJson(
                            "POST",
                            "/api/v1/ledgers/" + id + "/type-versions",
                            Map.of("yaml", yaml(id, prefix), "reason", "测试"),
                            Map.of("If-Match", "\"0\""));
            assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        }
        return new TrialLedger(id, steward);
    }

    static String yaml(String id, String prefix) {
        return TYPE.formatted(id, prefix);
    }

    String at() {
        return "/api/v1/ledgers/" + id;
    }

    String entries() {
        return at() + "/entries";
    }

    JsonNode add(String title, Map<String, ?> fields) {
        return add(title, "330500-civil", fields);
    }

    JsonNode add(String title, String organisation, Map<String, ?> fields) {
        Visitor.Answer answer = tryToAdd(steward, title, organisation, fields);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        return answer.json();
    }

    Visitor.Answer tryToAdd(
            Visitor visitor, String title, String organisation, Map<String, ?> fields) {
        return visitor.post(
                entries(),
                new HashMap<>(
                        Map.of("title", title, "organisation", organisation, "fields", fields)));
    }

    static String id(JsonNode entry) {
        return entry.path("id").asString();
    }

    /** The codes of what is wrong with the fields of a request. */
    static List<String> errors(Visitor.Answer answer) {
        return answer.json()
                .path("errors")
                .valueStream()
                .map(e -> e.path("field").asString() + " " + e.path("code").asString())
                .toList();
    }
}
