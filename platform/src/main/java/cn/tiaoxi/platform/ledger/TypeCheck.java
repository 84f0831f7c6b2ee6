package cn.tiaoxi.platform.ledger;

import cn.tiaoxi.platform.border.Words;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Finds what cannot be in a type that has the right form; each problem with its place. */
final class TypeCheck {
    private static final Pattern ID = Pattern.compile("[a-z][a-zA-Z0-9-]{1,39}");
    private static final int MOST_FIELDS = 150;
    private static final Set<LedgerType.Kind> SEVERAL =
            EnumSet.of(
                    LedgerType.Kind.CODE,
                    LedgerType.Kind.DIVISION,
                    LedgerType.Kind.ORGANISATION,
                    LedgerType.Kind.PERSON,
                    LedgerType.Kind.REFERENCE,
                    LedgerType.Kind.FILE);
    private static final Set<LedgerType.Kind> FILTERS =
            EnumSet.of(
                    LedgerType.Kind.CODE,
                    LedgerType.Kind.BOOLEAN,
                    LedgerType.Kind.DIVISION,
                    LedgerType.Kind.ORGANISATION,
                    LedgerType.Kind.PERSON,
                    LedgerType.Kind.REFERENCE);

    private final YamlPlaces places;
    private final Predicate<String> types;
    private final Predicate<String> gates;
    private final Predicate<String> permissions;
    private final Set<String> codeLists;
    private final List<TypeProblem> problems = new ArrayList<>();

    /**
     * @param types whether there is a ledger of a name, the one that is checked included
     * @param gates whether there is a gate of a name
     * @param permissions whether some role has a permission
     * @param codeLists names of the shared lists of codes
     */
    TypeCheck(
            YamlPlaces places,
            Predicate<String> types,
            Predicate<String> gates,
            Predicate<String> permissions,
            Set<String> codeLists) {
        this.places = places;
        this.types = types;
        this.gates = gates;
        this.permissions = permissions;
        this.codeLists = codeLists;
    }

    /** What was found so far, by line. */
    List<TypeProblem> problems() {
        return problems.stream()
                .sorted(
                        java.util.Comparator.comparingInt(TypeProblem::line)
                                .thenComparingInt(TypeProblem::column))
                .toList();
    }

    void problem(List<Object> path, String zh, String en) {
        YamlPlaces.Place place = places.of(path);
        problems.add(new TypeProblem(place.line(), place.column(), new Words(zh, en)));
    }

    void check(LedgerType type, String id) {
        if (!type.id().equals(id)) {
            problem(
                    List.of("id"),
                    "id 必须与文件名相同，应为 " + id,
                    "`id` must be the name of the file, " + id + ", not " + type.id());
        }
        if (!ID.matches(type.id())) {
            problem(List.of("id"), "id 须符合 " + ID, "`id` must fit " + ID);
        }
        String wrong = CodePattern.wrong(type.identifier());
        if (wrong != null) {
            problem(List.of("identifier"), "编码规则不对：" + wrong, wrong);
        }
        permission(type.readPermission(), List.of("access", "read"));
        permission(type.writePermission(), List.of("access", "write"));
        states(type);
        Set<String> groups =
                ids("groups", type.groups().stream().map(LedgerType.Group::id).toList());
        ids("fields", type.fields().stream().map(LedgerType.Field::id).toList());
        for (int i = 0; i < type.fields().size(); i++) {
            field(type, groups, i);
        }
        if (type.field(LedgerType.TITLE).filter(f -> f.type() == LedgerType.Kind.TEXT).isEmpty()) {
            problem(
                    List.of("fields"),
                    "必须有一个类型为 TEXT 的字段 title",
                    "there must be a field `title` of type TEXT");
        }
        if (type.fields().size() > MOST_FIELDS) {
            problem(
                    List.of("fields"),
                    "字段最多 " + MOST_FIELDS + " 个",
                    "the most fields are " + MOST_FIELDS);
        }
        conditions(type);
        named(type);
    }

    private void states(LedgerType type) {
        Set<String> states =
                ids("states", type.states().stream().map(LedgerType.State::id).toList());
        known(states, type.initial(), List.of("initial"), "状态", "state");
        ids("transitions", type.transitions().stream().map(LedgerType.Transition::action).toList());
        for (int i = 0; i < type.transitions().size(); i++) {
            LedgerType.Transition each = type.transitions().get(i);
            for (int j = 0; j < each.from().size(); j++) {
                known(
                        states,
                        each.from().get(j),
                        List.of("transitions", i, "from", j),
                        "状态",
                        "state");
            }
            known(states, each.to(), List.of("transitions", i, "to"), "状态", "state");
            permission(each.permission(), List.of("transitions", i, "permission"));
            String gate = each.gate();
            if (gate != null && !gates.test(gate)) {
                problem(
                        List.of("transitions", i, "gate"),
                        "没有关口 " + gate,
                        "there is no gate " + gate);
            }
        }
    }

    private Set<String> ids(String list, Collection<String> ids) {
        Set<String> seen = new HashSet<>();
        int i = 0;
        for (String id : ids) {
            if (!seen.add(id)) {
                problem(List.of(list, i), id + " 出现了两次", id + " stands twice");
            }
            i++;
        }
        return seen;
    }

    private void known(Set<String> all, String id, List<Object> at, String zh, String en) {
        if (!all.contains(id)) {
            problem(
                    at,
                    "没有" + zh + " " + id + "，可用：" + String.join(", ", all),
                    "there is no " + en + " " + id + "; there are: " + String.join(", ", all));
        }
    }

    private void field(LedgerType type, Set<String> groups, int i) {
        LedgerType.Field field = type.fields().get(i);
        if (!ID.matches(field.id())) {
            problem(
                    List.of("fields", i, "id"),
                    "字段名 " + field.id() + " 须符合 " + ID,
                    "the field name " + field.id() + " must fit " + ID);
        }
        String group = field.group();
        if (group != null) {
            known(groups, group, List.of("fields", i, "group"), "分组", "group");
        }
        codes(field, i);
        only(field, i, "ledger", field.ledger(), EnumSet.of(LedgerType.Kind.REFERENCE));
        only(field, i, "back", field.back(), EnumSet.of(LedgerType.Kind.REFERENCE));
        only(field, i, "accept", field.accept(), EnumSet.of(LedgerType.Kind.FILE));
        only(field, i, "longest", field.longest(), EnumSet.of(LedgerType.Kind.TEXT));
        only(field, i, "pattern", field.pattern(), EnumSet.of(LedgerType.Kind.TEXT));
        only(field, i, "check", field.check(), EnumSet.of(LedgerType.Kind.TEXT));
        only(field, i, "least", field.least(), EnumSet.of(LedgerType.Kind.NUMBER));
        only(field, i, "most", field.most(), EnumSet.of(LedgerType.Kind.NUMBER));
        only(field, i, "decimals", field.decimals(), EnumSet.of(LedgerType.Kind.NUMBER));
        only(field, i, "unit", field.unit(), EnumSet.of(LedgerType.Kind.NUMBER));
        only(field, i, "many", field.several() ? field : null, SEVERAL);
        only(field, i, "filter", field.filtered() ? field : null, FILTERS);
        permission(field.read(), List.of("fields", i, "read"));
        permission(field.write(), List.of("fields", i, "write"));
        reference(field, i);
        bounds(field, i);
        pattern(field, i);
    }

    private void permission(@Nullable String permission, List<Object> at) {
        if (permission != null && !permissions.test(permission)) {
            problem(at, "没有角色具有权限 " + permission, "no role has the permission " + permission);
        }
    }

    private void only(
            LedgerType.Field field,
            int i,
            String key,
            @Nullable Object value,
            Set<LedgerType.Kind> kinds) {
        if (value != null && !kinds.contains(field.type())) {
            problem(
                    List.of("fields", i, key),
                    "字段 %s：%s 只用于 %s".formatted(field.id(), key, kinds),
                    "field %s: `%s` belongs to %s only".formatted(field.id(), key, kinds));
        }
    }

    private void codes(LedgerType.Field field, int i) {
        String shared = field.codeList();
        boolean has = !field.allCodes().isEmpty() || shared != null;
        if (has != (field.type() == LedgerType.Kind.CODE)) {
            problem(
                    List.of("fields", i, "codes"),
                    "字段 " + field.id() + "：类型 CODE 须有 codes 或 codeList，其他类型没有",
                    "field " + field.id() + ": codes belong to the type CODE, and to no other");
        }
        if (shared != null) {
            known(codeLists, shared, List.of("fields", i, "codeList"), "代码表", "list of codes");
        }
        Set<String> seen = new HashSet<>();
        for (int j = 0; j < field.allCodes().size(); j++) {
            String code = field.allCodes().get(j).code();
            if (!seen.add(code)) {
                problem(
                        List.of("fields", i, "codes", j),
                        "代码 " + code + " 出现了两次",
                        "the code " + code + " stands twice");
            }
        }
    }

    private void reference(LedgerType.Field field, int i) {
        if (field.type() != LedgerType.Kind.REFERENCE) {
            return;
        }
        String ledger = field.ledger();
        if (ledger == null || !types.test(ledger)) {
            problem(
                    List.of("fields", i, "ledger"),
                    "字段 %s 须写明引用哪本账，没有 %s".formatted(field.id(), ledger),
                    "field %s must name the ledger it refers to; there is no %s"
                            .formatted(field.id(), ledger));
        }
    }

    private void bounds(LedgerType.Field field, int i) {
        Double least = field.least();
        Double most = field.most();
        if (least != null && most != null && least > most) {
            problem(
                    List.of("fields", i, "least"),
                    "least 大于 most",
                    "`least` is greater than `most`");
        }
        Integer longest = field.longest();
        if (longest != null && (longest < 1 || longest > 20_000)) {
            problem(
                    List.of("fields", i, "longest"),
                    "longest 须在 1 到 20000 之间",
                    "`longest` must be 1 to 20000");
        }
        Integer decimals = field.decimals();
        if (decimals != null && (decimals < 0 || decimals > 9)) {
            problem(
                    List.of("fields", i, "decimals"),
                    "decimals 须在 0 到 9 之间",
                    "`decimals` must be 0 to 9");
        }
    }

    private void pattern(LedgerType.Field field, int i) {
        String pattern = field.pattern();
        if (pattern == null) {
            return;
        }
        try {
            Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            problem(
                    List.of("fields", i, "pattern"),
                    "正则表达式不对：" + e.getDescription(),
                    "the expression is wrong: " + e.getDescription());
        }
    }

    /** Conditions name fields with few values, and none depends on itself over others. */
    private void conditions(LedgerType type) {
        Map<String, String> dependsOn = new HashMap<>();
        for (int i = 0; i < type.fields().size(); i++) {
            LedgerType.Field field = type.fields().get(i);
            LedgerType.Condition when = field.when();
            if (when == null) {
                continue;
            }
            dependsOn.put(field.id(), when.field());
            LedgerType.Field other = type.field(when.field()).orElse(null);
            if (other == null
                    || other.type() != LedgerType.Kind.CODE
                            && other.type() != LedgerType.Kind.BOOLEAN) {
                problem(
                        List.of("fields", i, "when", "field"),
                        "条件须引用类型为 CODE 或 BOOLEAN 的字段，没有 " + when.field(),
                        "a condition names a field of type CODE or BOOLEAN; there is no "
                                + when.field());
            } else if (!other.allCodes().isEmpty()) {
                Set<String> codes =
                        new HashSet<>(
                                other.allCodes().stream().map(LedgerType.Code::code).toList());
                for (int j = 0; j < when.in().size(); j++) {
                    known(
                            codes,
                            when.in().get(j),
                            List.of("fields", i, "when", "in", j),
                            "代码",
                            "code");
                }
            }
        }
        for (int i = 0; i < type.fields().size(); i++) {
            String start = type.fields().get(i).id();
            Set<String> seen = new HashSet<>();
            @Nullable String at = dependsOn.get(start);
            while (at != null && seen.add(at)) {
                if (at.equals(start)) {
                    problem(
                            List.of("fields", i, "when"),
                            "条件成环：" + start + " 依赖于自己",
                            "the conditions make a circle: " + start + " depends on itself");
                    break;
                }
                at = dependsOn.get(at);
            }
        }
    }

    /** Fields that other parts name. */
    private void named(LedgerType type) {
        Set<String> fields = new HashSet<>();
        type.fields().forEach(f -> fields.add(f.id()));
        String parent = type.parent();
        if (parent != null) {
            boolean fits =
                    type.field(parent)
                            .filter(f -> type.id().equals(f.ledger()) && !f.several())
                            .isPresent();
            if (!fits) {
                problem(
                        List.of("parent"),
                        "parent 须是引用本账的单值字段",
                        "`parent` must be a field that refers to one entry of the same ledger");
            }
        }
        Set<String> withOwner = new HashSet<>(fields);
        withOwner.add(LedgerType.ORGANISATION);
        for (int i = 0; i < type.unique().size(); i++) {
            for (int j = 0; j < type.unique().get(i).size(); j++) {
                known(
                        withOwner,
                        type.unique().get(i).get(j),
                        List.of("unique", i, j),
                        "字段",
                        "field");
            }
        }
        for (int i = 0; i < type.duplicates().size(); i++) {
            known(
                    withOwner,
                    type.duplicates().get(i).field(),
                    List.of("duplicates", i, "field"),
                    "字段",
                    "field");
        }
    }
}
