package cn.tiaoxi.platform.ledger;

import cn.tiaoxi.platform.city.CityException;
import cn.tiaoxi.platform.city.CityFolder;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** The types of ledgers, from the city's folder {@code ledgers}; a wrong file refuses the start. */
@Component
class LedgerTypes {
    private static final Pattern ID = Pattern.compile("[a-z][a-zA-Z0-9-]{1,39}");

    private final Map<String, LedgerType> byId;

    LedgerTypes(CityFolder folder) {
        Map<String, LedgerType> read = new LinkedHashMap<>();
        for (Path file : folder.files("ledgers", ".yaml")) {
            LedgerType type = folder.read(file, LedgerType.class);
            check(file, type);
            read.put(type.id(), type);
        }
        this.byId = Collections.unmodifiableMap(read);
    }

    Collection<LedgerType> all() {
        return byId.values();
    }

    LedgerType get(String id) {
        LedgerType type = byId.get(id);
        if (type == null) {
            throw LedgerException.ledgerUnknown(id);
        }
        return type;
    }

    private static void check(Path file, LedgerType type) {
        if (!file.getFileName().toString().equals(type.id() + ".yaml")) {
            throw CityException.wrong(file, "`id` must be the name of the file, not " + type.id());
        }
        Set<String> states = new HashSet<>();
        type.states().forEach(s -> unique(file, states, s.id(), "state"));
        known(file, states, type.initial(), "initial");
        for (LedgerType.Transition each : type.transitions()) {
            each.from().forEach(s -> known(file, states, s, "transition " + each.action()));
            known(file, states, each.to(), "transition " + each.action());
        }
        Set<String> groups = new HashSet<>();
        type.groups().forEach(g -> unique(file, groups, g.id(), "group"));
        Set<String> fields = new HashSet<>();
        for (LedgerType.Field field : type.fields()) {
            unique(file, fields, field.id(), "field");
            checkField(file, groups, field);
        }
        if (!fields.contains(LedgerType.TITLE)) {
            throw CityException.wrong(file, "there must be a field `title`");
        }
        CodePattern.check(file, type.identifier());
    }

    private static void checkField(Path file, Set<String> groups, LedgerType.Field field) {
        if (!ID.matcher(field.id()).matches()) {
            throw CityException.wrong(file, "the field name " + field.id() + " does not fit " + ID);
        }
        String group = field.group();
        if (group != null) {
            known(file, groups, group, "field " + field.id());
        }
        if (field.codeList().isEmpty() == (field.type() == LedgerType.Kind.CODE)) {
            throw CityException.wrong(
                    file,
                    "field " + field.id() + ": codes belong to the type CODE, and to no other");
        }
    }

    private static void unique(Path file, Set<String> seen, String id, String what) {
        if (!seen.add(id)) {
            throw CityException.wrong(file, "the " + what + " " + id + " stands twice");
        }
    }

    private static void known(Path file, Set<String> all, String id, String where) {
        if (!all.contains(id)) {
            throw CityException.wrong(file, where + ": there is no " + id);
        }
    }
}
