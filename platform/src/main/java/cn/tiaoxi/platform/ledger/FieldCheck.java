package cn.tiaoxi.platform.ledger;

import cn.tiaoxi.platform.border.Characters;
import cn.tiaoxi.platform.border.FieldError;
import cn.tiaoxi.platform.city.Organisation;
import cn.tiaoxi.platform.city.Organisations;
import com.google.re2j.Pattern;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Checks values that people give for fields. Text is kept as it is given; nothing in it is run. */
@Component
class FieldCheck {
    private static final BigDecimal LARGEST = new BigDecimal("1e15");
    private static final int MOST_VALUES = 200;
    private static final int MOST_NAMED = 20;

    private final Organisations organisations;
    private final Map<String, Pattern> patterns = new ConcurrentHashMap<>();

    FieldCheck(Organisations organisations) {
        this.organisations = organisations;
    }

    /**
     * What was given, as it is kept.
     *
     * @param values the fields that were given; null empties one
     * @param errors every field that is unknown or has a wrong value
     */
    record Checked(Map<String, @Nullable Object> values, List<FieldError> errors) {}

    /** Checks what is given; fields that are not named are not looked at. */
    Checked check(ActiveType type, Map<String, ?> given, Lookup lookup) {
        List<FieldError> errors = new ArrayList<>();
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        given.forEach(
                (id, value) -> {
                    LedgerType.Field field = type.field(id);
                    if (field == null) {
                        errors.add(error(id, "ledger.fieldUnknown", shortened(id)));
                    } else {
                        values.put(id, value(field, value, lookup, errors));
                    }
                });
        if (values.containsKey(LedgerType.TITLE) && values.get(LedgerType.TITLE) == null) {
            errors.add(error(LedgerType.TITLE, "border.required"));
        }
        return new Checked(values, errors);
    }

    static FieldError error(String field, String code, Object... arguments) {
        return new FieldError("fields." + field, code, arguments);
    }

    /** Answers do not repeat what was sent at any length. */
    static String shortened(Object value) {
        String text = String.valueOf(value);
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }

    private @Nullable Object value(
            LedgerType.Field field,
            @Nullable Object value,
            Lookup lookup,
            List<FieldError> errors) {
        if (empty(value)) {
            return null;
        }
        Object given = java.util.Objects.requireNonNull(value);
        if (!field.several()) {
            return one(field, given, lookup, errors);
        }
        Collection<?> all = given instanceof Collection<?> c ? c : List.of(given);
        if (all.size() > MOST_VALUES) {
            errors.add(error(field.id(), "ledger.tooMany", MOST_VALUES));
            return null;
        }
        Set<Object> kept = new LinkedHashSet<>();
        for (Object each : all) {
            Object one = empty(each) ? null : one(field, each, lookup, errors);
            if (one != null) {
                kept.add(one);
            }
        }
        return kept.isEmpty() ? null : List.copyOf(kept);
    }

    private static boolean empty(@Nullable Object value) {
        return value == null
                || value instanceof String text && text.isBlank()
                || value instanceof Collection<?> all && all.isEmpty();
    }

    private @Nullable Object one(
            LedgerType.Field field, Object value, Lookup lookup, List<FieldError> errors) {
        return switch (field.type()) {
            case TEXT -> text(field, value, errors);
            case NUMBER -> number(field, value, errors);
            case BOOLEAN ->
                    value instanceof Boolean ? value : wrong(field, "border.type", value, errors);
            case DATE -> date(field, value, errors);
            case CODE -> code(field, value, errors);
            case ORGANISATION ->
                    organisations.find(value.toString()).isPresent()
                            ? value.toString()
                            : wrong(field, "ledger.organisationUnknown", value, errors);
            case DIVISION ->
                    organisations.find(value.toString()).filter(FieldCheck::isDivision).isPresent()
                            ? value.toString()
                            : wrong(field, "ledger.divisionUnknown", value, errors);
            case PERSON ->
                    lookup.isPerson(value.toString())
                            ? value.toString()
                            : wrong(field, "ledger.personUnknown", value, errors);
            case FILE ->
                    lookup.isFile(value.toString())
                            ? value.toString()
                            : wrong(field, "ledger.fileUnknown", value, errors);
            case REFERENCE -> reference(field, value, lookup, errors);
            case GEOMETRY -> {
                Object kept = Geometry.of(value).orElse(null);
                yield kept == null ? wrong(field, "ledger.noGeometry", value, errors) : kept;
            }
        };
    }

    private static @Nullable Object wrong(
            LedgerType.Field field, String code, Object value, List<FieldError> errors) {
        errors.add(error(field.id(), code, shortened(value)));
        return null;
    }

    private static boolean isDivision(Organisation organisation) {
        return switch (organisation.kind()) {
            case CITY, COUNTY, TOWN -> true;
            case OFFICE, ENTERPRISE -> false;
        };
    }

    private static @Nullable Object code(
            LedgerType.Field field, Object value, List<FieldError> errors) {
        String code = value.toString();
        for (LedgerType.Code each : field.allCodes()) {
            if (each.code().equals(code)) {
                return code;
            }
        }
        List<String> some =
                field.allCodes().stream().map(LedgerType.Code::code).limit(MOST_NAMED).toList();
        errors.add(
                error(
                        field.id(),
                        "ledger.codeUnknown",
                        shortened(value),
                        String.join(", ", some)
                                + (field.allCodes().size() > MOST_NAMED ? " …" : "")));
        return null;
    }

    private static @Nullable Object reference(
            LedgerType.Field field, Object value, Lookup lookup, List<FieldError> errors) {
        Lookup.Target target =
                lookup.entry(java.util.Objects.requireNonNull(field.ledger()), value.toString());
        if (target == null) {
            return wrong(field, "ledger.referenceUnknown", value, errors);
        }
        return target.removed()
                ? wrong(field, "ledger.referenceRemoved", value, errors)
                : target.id();
    }

    private @Nullable Object text(LedgerType.Field field, Object value, List<FieldError> errors) {
        if (!(value instanceof String text)) {
            return wrong(field, "border.type", value, errors);
        }
        String kept = text.strip().replace("\r\n", "\n");
        String pattern = field.pattern();
        TextCheck check = field.check();
        if (kept.length() > field.mostCharacters()
                && kept.codePointCount(0, kept.length()) > field.mostCharacters()) {
            errors.add(error(field.id(), "border.tooLong", field.mostCharacters()));
        } else if (Characters.hasHidden(kept, "\n\t")) {
            errors.add(error(field.id(), "ledger.controlCharacter"));
        } else if (pattern != null && !matches(pattern, kept)) {
            var help = field.patternHelp();
            errors.add(error(field.id(), "ledger.pattern", help == null ? pattern : help.shown()));
        } else if (check != null && !check.accepts(kept)) {
            errors.add(error(field.id(), "ledger.check." + check));
        } else {
            return kept;
        }
        return null;
    }

    private boolean matches(String pattern, String text) {
        return patterns.computeIfAbsent(pattern, Pattern::compile).matches(text);
    }

    private static @Nullable Object number(
            LedgerType.Field field, Object value, List<FieldError> errors) {
        if (!(value instanceof Number)) {
            return wrong(field, "border.type", value, errors);
        }
        BigDecimal number = new BigDecimal(value.toString());
        Double least = field.least();
        Double most = field.most();
        Integer decimals = field.decimals();
        if (number.abs().compareTo(LARGEST) > 0) {
            return wrong(field, "border.type", value, errors);
        }
        if (least != null && number.doubleValue() < least) {
            errors.add(error(field.id(), "ledger.least", BigDecimal.valueOf(least)));
        } else if (most != null && number.doubleValue() > most) {
            errors.add(error(field.id(), "ledger.most", BigDecimal.valueOf(most)));
        } else if (decimals != null && number.stripTrailingZeros().scale() > decimals) {
            errors.add(error(field.id(), "ledger.decimals", decimals));
        } else {
            return value;
        }
        return null;
    }

    private static @Nullable Object date(
            LedgerType.Field field, Object value, List<FieldError> errors) {
        try {
            return LocalDate.parse(value.toString()).toString();
        } catch (DateTimeException e) {
            return wrong(field, "ledger.noSuchDate", value, errors);
        }
    }
}
