package cn.tiaoxi.platform.intake;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.jspecify.annotations.Nullable;

/**
 * What the cells of a sheet say, as text. A spreadsheet keeps numbers as 64-bit floating point and
 * shows 15 digits; a whole number with more has lost its last digits, which is told.
 */
final class CellText {
    private static final MathContext SHOWN = new MathContext(15, RoundingMode.HALF_EVEN);
    private static final BigDecimal MOST = new BigDecimal("999999999999999");
    private static final BigDecimal DAY_BEFORE_YEAR_10000 = new BigDecimal("2958466");
    private static final long MILLIS_OF_DAY = 86_400_000;

    private final LocalDate firstDay;

    CellText(boolean since1904) {
        firstDay = since1904 ? LocalDate.of(1904, 1, 1) : LocalDate.of(1899, 12, 30);
    }

    /** The text of a cell, or null if it is empty; the row is told what is peculiar. */
    @Nullable String read(Cell cell, SourceRow row) {
        int column = cell.getColumnIndex();
        String raw = cell.getRawValue();
        if (cell.getType() == CellType.FORMULA || cell.getFormula() != null) {
            return formula(cell, raw, row);
        }
        if (raw == null) {
            return null;
        }
        return switch (cell.getType()) {
            case NUMBER -> number(column, raw, cell.getDataFormatString(), row);
            case BOOLEAN -> truth(raw);
            case ERROR -> {
                row.note(CellNote.wrong(column, "intake.cellError", raw));
                yield raw;
            }
            case STRING -> cell.getValue() instanceof String text ? text : raw;
            case FORMULA, EMPTY -> null;
        };
    }

    /** A formula counts as the value that was computed last. */
    private @Nullable String formula(Cell cell, @Nullable String raw, SourceRow row) {
        int column = cell.getColumnIndex();
        if (raw == null || raw.isEmpty()) {
            row.note(CellNote.wrong(column, "intake.formulaEmpty"));
            return null;
        }
        if (raw.startsWith("#")) {
            row.note(CellNote.wrong(column, "intake.cellError", raw));
            return raw;
        }
        row.note(CellNote.told(column, "intake.formula"));
        return isNumber(raw) ? number(column, raw, cell.getDataFormatString(), row) : raw;
    }

    private static String truth(String raw) {
        return raw.equals("1") || raw.equalsIgnoreCase("true") ? "true" : "false";
    }

    private static boolean isNumber(String raw) {
        try {
            return new BigDecimal(raw).scale() < 400;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private String number(int column, String raw, @Nullable String format, SourceRow row) {
        BigDecimal value;
        try {
            value = new BigDecimal(raw.strip());
        } catch (NumberFormatException e) {
            row.note(CellNote.wrong(column, "intake.cellError", raw));
            return raw;
        }
        if (format != null
                && isDateFormat(format)
                && value.signum() > 0
                && value.compareTo(DAY_BEFORE_YEAR_10000) < 0) {
            return moment(value);
        }
        if (value.abs().compareTo(MOST) > 0) {
            row.note(CellNote.wrong(column, "intake.digitsLost"));
        }
        BigDecimal shown = value.round(SHOWN).stripTrailingZeros();
        return shown.signum() == 0 ? "0" : shown.toPlainString();
    }

    private String moment(BigDecimal serial) {
        long millis =
                serial.multiply(BigDecimal.valueOf(MILLIS_OF_DAY))
                        .setScale(0, RoundingMode.HALF_UP)
                        .longValue();
        LocalDateTime time = firstDay.atStartOfDay().plus(millis, ChronoUnit.MILLIS);
        if (serial.compareTo(BigDecimal.ONE) < 0) {
            return time.toLocalTime().toString();
        }
        return millis % MILLIS_OF_DAY == 0
                ? time.toLocalDate().toString()
                : time.toLocalDate() + " " + time.toLocalTime();
    }

    /**
     * Whether a number format shows a day or a time: y, m, d, h or s outside quotes and brackets.
     */
    static boolean isDateFormat(String format) {
        boolean quoted = false;
        boolean bracket = false;
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c == ';') {
                return false;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == '\\' || c == '_' || c == '*') {
                i++;
            } else if (!quoted && (c == '[' || c == ']')) {
                bracket = c == '[';
            } else if (!quoted && !bracket && "ymdhsYMDHS".indexOf(c) >= 0) {
                return true;
            } else if (!quoted && !bracket && "0#?G".indexOf(c) >= 0) {
                return false;
            }
        }
        return false;
    }
}
