package cn.tiaoxi.platform.ledger.web;

import cn.tiaoxi.platform.border.Words;
import cn.tiaoxi.platform.identity.Actor;
import cn.tiaoxi.platform.ledger.FieldAccess;
import cn.tiaoxi.platform.ledger.LedgerType;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
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
        @Nullable String pattern,
        @Nullable String patternHelp,
        @Nullable String check,
        @Nullable String unit,
        @Nullable Double least,
        @Nullable Double most,
        @Nullable Integer decimals,
        boolean many,
        @Nullable String ledger,
        @Nullable List<String> accept,
        @Nullable List<CodeView> codes,
        boolean list,
        boolean filter,
        boolean sorted,
        LedgerType.@Nullable Condition when,
        boolean writable) {

    /** A code in an answer. */
    public record CodeView(String code, String name) {}

    /** The definitions of all fields of a type, for those who may see and write all of them. */
    public static List<FieldView> of(LedgerType type) {
        return type.fields().stream().map(f -> of(type, f, true)).toList();
    }

    /** The definitions of the fields that a person may see anywhere. */
    static List<FieldView> of(LedgerType type, Actor actor) {
        return of(
                type,
                f -> FieldAccess.mayRead(actor, f),
                f ->
                        actor.may(type.writePermission())
                                && (f.writePermission() == null
                                        || actor.may(String.valueOf(f.writePermission()))));
    }

    /** The definitions of the fields that a person may see of an organisation's entries. */
    static List<FieldView> of(LedgerType type, Actor actor, String organisation) {
        return of(
                type,
                f -> FieldAccess.mayRead(actor, f, organisation),
                f -> FieldAccess.mayWrite(actor, type, f, organisation));
    }

    private static List<FieldView> of(
            LedgerType type,
            Predicate<LedgerType.Field> seen,
            Predicate<LedgerType.Field> written) {
        return type.fields().stream().filter(seen).map(f -> of(type, f, written.test(f))).toList();
    }

    private static FieldView of(LedgerType type, LedgerType.Field field, boolean writable) {
        var check = field.check();
        return new FieldView(
                field.id(),
                field.name().shown(),
                field.type().name().toLowerCase(Locale.ROOT),
                field.needed(),
                shown(field.help()),
                type.groups().stream()
                        .filter(g -> g.id().equals(field.group()))
                        .findFirst()
                        .map(g -> g.name().shown())
                        .orElse(null),
                field.type() == LedgerType.Kind.TEXT ? field.mostCharacters() : null,
                field.pattern(),
                shown(field.patternHelp()),
                check == null ? null : check.name(),
                shown(field.unit()),
                field.least(),
                field.most(),
                field.decimals(),
                field.several(),
                field.ledger(),
                field.accept(),
                field.allCodes().isEmpty()
                        ? null
                        : field.allCodes().stream()
                                .map(c -> new CodeView(c.code(), c.name().shown()))
                                .toList(),
                field.listed(),
                field.filtered(),
                field.listed() && field.read() == null,
                field.when(),
                writable);
    }

    private static @Nullable String shown(@Nullable Words words) {
        return words == null ? null : words.shown();
    }
}
