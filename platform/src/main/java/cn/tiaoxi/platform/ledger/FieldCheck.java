package cn.tiaoxi.platform.ledger;

import cn.tiaoxi.platform.border.BorderException;
import cn.tiaoxi.platform.border.Characters;
import cn.tiaoxi.platform.border.FieldError;
import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.identity.People;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Checks values that people give for fields. Text is kept as it is given; nothing in it is run. */
@Component
class FieldCheck {
    private static final BigDecimal LARGEST = new BigDecimal("1e15");

    private final Organisations organisations;
    private final People people;

    FieldCheck(Organisations organisations, People people) {
        this.organisations = organisations;
        this.people = people;
    }

    /**
     * The values as they are stored; blank text becomes null.
     *
     * @throws BorderException naming every field that is unknown or has a wrong value
     */
    Map<String, @Nullable Object> checked(LedgerType type, Map<String, ?> given) {
        List<FieldError> errors = new ArrayList<>();
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        given.forEach(
                (id, value) -> {
                    LedgerType.Field field = type.field(id).orElse(null);
                    if (field == null) {
                        errors.add(error(id, "ledger.fieldUnknown", id));
                    } else {
                        values.put(id, value(field, value, errors));
                    }
                });
        if (values.containsKey(LedgerType.TITLE) && values.get(LedgerType.TITLE) == null) {
            errors.add(error(LedgerType.TITLE, "border.required"));
        }
        if (!errors.isEmpty()) {
            throw BorderException.invalid(errors);
        }
        return values;
    }

    private static FieldError error(String field, String code, Object... arguments) {
        return new FieldError("fields." + field, code, arguments);
    }

    private @Nullable Object value(
            LedgerType.Field field, @Nullable Object value, List<FieldError> errors) {
        if (value == null || value instanceof String text && text.isBlank()) {
            return null;
        }
        return switch (field.type()) {
            case TEXT, PERSON -> text(field, value, errors);
            case NUMBER -> number(field, value, errors);
            case BOOLEAN -> {
                if (!(value instanceof Boolean)) {
                    errors.add(error(field.id(), "border.type", value));
                }
                yield value;
            }
            case DATE -> date(field, value, errors);
            case CODE -> {
                if (field.codeList().stream().noneMatch(c -> c.code().equals(value))) {
                    errors.add(
                            error(
                                    field.id(),
                                    "ledger.codeUnknown",
                                    value,
                                    String.join(
                                            ", ",
                                            field.codeList().stream()
                                                    .map(LedgerType.Code::code)
                                                    .toList())));
                }
                yield value;
            }
            case ORGANISATION -> {
                if (organisations.find(value.toString()).isEmpty()) {
                    errors.add(error(field.id(), "ledger.organisationUnknown", value));
                }
                yield value;
            }
        };
    }

    private @Nullable Object text(LedgerType.Field field, Object value, List<FieldError> errors) {
        if (!(value instanceof String text)) {
            errors.add(error(field.id(), "border.type", value));
            return null;
        }
        String kept = text.strip().replace("\r\n", "\n");
        if (kept.codePointCount(0, kept.length()) > field.mostCharacters()) {
            errors.add(error(field.id(), "border.tooLong", field.mostCharacters()));
        } else if (Characters.hasHidden(kept, "\n\t")) {
            errors.add(error(field.id(), "ledger.controlCharacter"));
        } else if (field.type() == LedgerType.Kind.PERSON && people.byUsername(kept).isEmpty()) {
            errors.add(error(field.id(), "ledger.personUnknown", kept));
        }
        return kept;
    }

    private static @Nullable Object number(
            LedgerType.Field field, Object value, List<FieldError> errors) {
        if (value instanceof Number) {
            BigDecimal number = new BigDecimal(value.toString());
            if (number.abs().compareTo(LARGEST) <= 0) {
                return value;
            }
        }
        errors.add(error(field.id(), "border.type", value));
        return null;
    }

    private static @Nullable Object date(
            LedgerType.Field field, Object value, List<FieldError> errors) {
        try {
            return LocalDate.parse(value.toString()).toString();
        } catch (DateTimeException e) {
            errors.add(error(field.id(), "ledger.noSuchDate", value));
            return null;
        }
    }
}
