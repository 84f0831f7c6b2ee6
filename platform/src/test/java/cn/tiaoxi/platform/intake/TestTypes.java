package cn.tiaoxi.platform.intake;

/** Types of ledgers for tests. */
final class TestTypes {
    private TestTypes() {}

    /** A ledger with every kind of field; codes are given. */
    static String asset(String id) {
        return """
        id: %s
        name: {zh: 试验资产, en: Test assets}
        description: {zh: 试验用, en: For tests}
        identifier: "{given}"
        unique: [[serial]]
        parent: parent
        states:
          - {id: LIVE, name: {zh: 在用, en: In use}}
        initial: LIVE
        groups:
          - {id: basic, name: {zh: 基本, en: Basics}}
        fields:
          - {id: title, name: {zh: 资产名称, en: Asset name}, type: TEXT, required: true, longest: 200, group: basic, list: true}
          - {id: serial, name: {zh: 序列号, en: Serial number}, type: TEXT, longest: 60, group: basic}
          - {id: price, name: {zh: 采购金额, en: Price}, type: NUMBER, least: 0, most: 1000000, decimals: 2, unit: {zh: 万元, en: "10,000 yuan"}, group: basic, help: {zh: 含税, en: With tax}}
          - {id: bought, name: {zh: 采购日期, en: Bought on}, type: DATE, group: basic}
          - {id: shared, name: {zh: 是否共享, en: Shared}, type: BOOLEAN, group: basic}
          - {id: kind, name: {zh: 资产类别, en: Kind}, type: CODE, group: basic, codes: [{code: SERVER, name: {zh: 服务器, en: Server}}, {code: DISK, name: {zh: 存储、备份, en: Storage and backup}}, {code: OTHER1, name: {zh: 其他, en: Other one}}, {code: OTHER2, name: {zh: 其他, en: Other two}}]}
          - {id: uses, name: {zh: 用途, en: Uses}, type: CODE, many: true, group: basic, codes: [{code: WEB, name: {zh: 网站, en: Web}}, {code: DATA, name: {zh: 数据, en: Data}}, {code: MAIL, name: {zh: 邮件, en: Mail}}]}
          - {id: users, name: {zh: 使用单位, en: Used by}, type: ORGANISATION, many: true, group: basic}
          - {id: area, name: {zh: 所在区划, en: Division}, type: DIVISION, group: basic}
          - {id: keeper, name: {zh: 管理人, en: Keeper}, type: PERSON, group: basic}
          - {id: parent, name: {zh: 上级资产, en: Parent asset}, type: REFERENCE, ledger: %s, group: basic}
          - {id: place, name: {zh: 位置, en: Place}, type: GEOMETRY, group: basic}
          - {id: secret, name: {zh: 保管口令, en: Secret}, type: TEXT, longest: 60, group: basic, read: personnel:manage}
        rules:
          - id: required-fields
            name: {zh: 必填项, en: Required fields}
            description: {zh: 必填项都已填写, en: Every required field is filled in}
            weight: 5
            expression: fields.serial != null
            detail:
              message: {zh: 没有序列号, en: No serial number}
              mend: {zh: 填写序列号, en: Fill it in}
              field: serial
        """
                .formatted(id, id);
    }
}
