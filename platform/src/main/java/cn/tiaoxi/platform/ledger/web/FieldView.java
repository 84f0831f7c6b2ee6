package cn.tiaoxi.platform.ledger.web;

import cn.tiaoxi.platform.ledger.LedgerType;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A field's definition in an answer, in the asker's language. */
public record FieldView(
        String id,
        String name,
        String type,
        boolean required,
        @Nullable String help,
        @Nullable String group,
        @Nullable Integer longest,
        @Nullable List<CodeView> codes) {

    /** A code in an answer. */
    public record CodeView(String code, String name) {}

    /** The definitions of all fields of a type. */
    public static List<FieldView> of(LedgerType type) {
        return type.fields().stream().map(f -> of(type, f)).toList();
    }

    private static FieldView of(LedgerType type, LedgerType.Field field) {
        var help = field.help();
        return new FieldView(
                field.id(),
                field.name().shown(),
                field.type().name().toLowerCase(Locale.ROOT),
                field.needed(),
                help == null ? null : help.shown(),
                type.groups().stream()
                        .filter(g -> g.id().equals(field.group()))
                        .findFirst()
                        .map(g -> g.name().shown())
                        .orElse(null),
                field.type() == LedgerType.Kind.TEXT ? field.mostCharacters() : null,
                field.allCodes().isEmpty()
                        ? null
                        : field.allCodes().stream()
                                .map(c -> new CodeView(c.code(), c.name().shown()))
                                .toList());
    }
}
