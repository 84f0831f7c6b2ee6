package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.PolicySnapshot.Field;
import cn.tiaoxi.contract.PolicySnapshot.FieldType;
import cn.tiaoxi.contract.Refusal;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Reads the value that a caller asks for as the key's type. */
final class KeyValue {
    /** Most characters of a value. */
    static final int LONGEST = 200;

    private KeyValue() {}

    /**
     * The value for the database.
     *
     * @throws RefusedException if it is too long or not of the type
     */
    static Object parse(Field field, String text) {
        if (text.length() > LONGEST) {
            throw new RefusedException(Refusal.PARAMETER_TOO_LONG, field.name());
        }
        if (text.isEmpty() || text.indexOf('\0') >= 0) {
            throw invalid(field);
        }
        try {
            return typed(field.type(), text);
        } catch (NumberFormatException | DateTimeException e) {
            throw invalid(field);
        }
    }

    private static Object typed(FieldType type, String text) {
        return switch (type) {
            case TEXT -> text;
            case INTEGER -> Long.valueOf(text);
            case DECIMAL -> decimal(text);
            case BOOLEAN -> truth(text);
            case DATE -> LocalDate.parse(text);
            case TIMESTAMP -> timestamp(text);
        };
    }

    private static BigDecimal decimal(String text) {
        if (text.indexOf('e') >= 0 || text.indexOf('E') >= 0) {
            throw new NumberFormatException("exponent");
        }
        return new BigDecimal(text);
    }

    private static Boolean truth(String text) {
        return switch (text) {
            case "true" -> Boolean.TRUE;
            case "false" -> Boolean.FALSE;
            default -> throw new NumberFormatException("neither true nor false");
        };
    }

    /** A time with an offset is brought to UTC; one without is taken as it stands. */
    private static LocalDateTime timestamp(String text) {
        boolean offset =
                text.endsWith("Z") || text.lastIndexOf('+') > 0 || text.lastIndexOf('-') > 10;
        return offset
                ? OffsetDateTime.parse(text).withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime()
                : LocalDateTime.parse(text);
    }

    private static RefusedException invalid(Field field) {
        return new RefusedException(Refusal.PARAMETER_INVALID, field.name());
    }
}
