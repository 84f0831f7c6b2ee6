package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.Masks;
import cn.tiaoxi.contract.PolicySnapshot.Mask;
import io.vertx.sqlclient.data.Numeric;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Writes a row, masked: the same values in an answer and in a file. */
final class RowText {
    private RowText() {}

    /** The values of a row by the place of their field. */
    interface Values {
        @Nullable Object at(int field);
    }

    /** The row as a JSON object. */
    static void json(JsonGenerator json, Values row, List<String> fields, Map<String, Mask> masks) {
        json.writeStartObject();
        for (int i = 0; i < fields.size(); i++) {
            String field = fields.get(i);
            json.writeName(field);
            Object value = row.at(i);
            Mask mask = masks.get(field);
            if (mask == null) {
                writeValue(json, value);
            } else {
                json.writeString(masked(mask, value));
            }
        }
        json.writeEndObject();
    }

    /**
     * The row as a line of CSV (RFC 4180): values as in JSON, nothing for null, {@code ""} for
     * empty text.
     */
    static void csv(StringBuilder into, Values row, List<String> fields, Map<String, Mask> masks) {
        for (int i = 0; i < fields.size(); i++) {
            Object value = row.at(i);
            Mask mask = masks.get(fields.get(i));
            csvValue(into, i, mask == null ? shown(value) : masked(mask, value));
        }
        into.append("\r\n");
    }

    /** The line of CSV that names the columns. */
    static void csvHead(StringBuilder into, List<String> fields) {
        for (int i = 0; i < fields.size(); i++) {
            csvValue(into, i, fields.get(i));
        }
        into.append("\r\n");
    }

    private static void csvValue(StringBuilder into, int column, @Nullable String text) {
        if (column > 0) {
            into.append(',');
        }
        if (text == null) {
            return;
        }
        boolean quoted = text.isEmpty();
        for (int i = 0; i < text.length() && !quoted; i++) {
            char c = text.charAt(i);
            quoted = c == ',' || c == '"' || c == '\n' || c == '\r';
        }
        if (quoted) {
            into.append('"').append(text.replace("\"", "\"\"")).append('"');
        } else {
            into.append(text);
        }
    }

    private static @Nullable String masked(Mask mask, @Nullable Object value) {
        return Masks.apply(mask, value == null ? null : text(value));
    }

    private static void writeValue(JsonGenerator json, @Nullable Object value) {
        switch (value) {
            case null -> json.writeNull();
            case Long number -> json.writeNumber(number);
            case Integer number -> json.writeNumber(number);
            case Short number -> json.writeNumber(number);
            case Boolean truth -> json.writeBoolean(truth);
            case Double number when Double.isFinite(number) -> json.writeNumber(number);
            case BigDecimal number -> json.writeNumber(number.toPlainString());
            case Numeric number when !number.isNaN() ->
                    json.writeNumber(number.bigDecimalValue().toPlainString());
            default -> json.writeString(text(value));
        }
    }

    private static @Nullable String shown(@Nullable Object value) {
        return value == null ? null : plain(value);
    }

    /** A value as text as it stands in CSV. */
    static String plain(Object value) {
        return switch (value) {
            case Numeric number when !number.isNaN() -> number.bigDecimalValue().toPlainString();
            default -> text(value);
        };
    }

    /** A value as text; dates and times in ISO 8601, those with an offset in UTC. */
    private static String text(Object value) {
        return switch (value) {
            case OffsetDateTime time -> time.withOffsetSameInstant(ZoneOffset.UTC).toString();
            case BigDecimal number -> number.toPlainString();
            default -> value.toString();
        };
    }
}
