package cn.tiaoxi.lake.source;

import cn.tiaoxi.lake.RowFault;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.Row;
import org.jspecify.annotations.Nullable;

/**
 * Values of spreadsheet cells as text. A spreadsheet keeps numbers as 64-bit floating point: what
 * it shows has 15 digits at most, so a whole number with more has lost its last digits and is
 * refused rather than guessed.
 */
final class WorkbookCells {
    private static final MathContext SHOWN = new MathContext(15, RoundingMode.HALF_EVEN);
    private static final BigDecimal MOST = new BigDecimal("999999999999999");
    private static final BigDecimal DAY_BEFORE_YEAR_10000 = new BigDecimal("2958466");
    private static final long MILLIS_OF_DAY = 86_400_000;

    private final LocalDate firstDay;

    /** A cell's text, or what is wrong with it. */
    record Value(@Nullable RowFault fault, @Nullable String text) {
        static final Value EMPTY = new Value(null, null);
    }

    WorkbookCells(boolean since1904) {
        firstDay = since1904 ? LocalDate.of(1904, 1, 1) : LocalDate.of(1899, 12, 30);
    }

    /** How many cells of a row there are up to the last that has a value. */
    static int usedWidth(Row row) {
        for (int i = row.getCellCount() - 1; i >= 0; i--) {
            Cell cell = row.getOptionalCell(i).orElse(null);
            if (cell != null && cell.getRawValue() != null && !cell.getRawValue().isBlank()) {
                return i + 1;
            }
        }
        return 0;
    }

    Value read(@Nullable Cell cell) {
        if (cell == null || cell.getRawValue() == null || cell.getType() == CellType.EMPTY) {
            return Value.EMPTY;
        }
        String raw = cell.getRawValue();
        return switch (cell.getType()) {
            case NUMBER -> number(raw, cell.getDataFormatString());
            case FORMULA -> formula(cell, raw);
            case BOOLEAN ->
                    new Value(
                            null,
                            raw.equals("1") || raw.equalsIgnoreCase("true") ? "true" : "false");
            case ERROR -> new Value(RowFault.CELL_ERROR, raw);
            case STRING -> new Value(null, cell.getValue() instanceof String text ? text : raw);
            case EMPTY -> Value.EMPTY;
        };
    }

    /** A formula's value as it was last computed. */
    private Value formula(Cell cell, String raw) {
        if (raw.startsWith("#")) {
            return new Value(RowFault.CELL_ERROR, raw);
        }
        return cell.getValue() instanceof BigDecimal || looksLikeNumber(raw)
                ? number(raw, cell.getDataFormatString())
                : new Value(null, raw);
    }

    private static boolean looksLikeNumber(String raw) {
        try {
            return new BigDecimal(raw).scale() < 400;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private Value number(String raw, @Nullable String format) {
        BigDecimal value;
        try {
            value = new BigDecimal(raw.strip());
        } catch (NumberFormatException e) {
            return new Value(RowFault.CELL_ERROR, raw);
        }
        if (format != null
                && isDateFormat(format)
                && value.signum() >= 0
                && value.compareTo(DAY_BEFORE_YEAR_10000) < 0) {
            return new Value(null, moment(value, format));
        }
        if (value.abs().compareTo(MOST) > 0) {
            return new Value(RowFault.DIGITS_LOST, raw);
        }
        BigDecimal shown = value.round(SHOWN).stripTrailingZeros();
        return new Value(null, shown.signum() == 0 ? "0" : shown.toPlainString());
    }

    private String moment(BigDecimal serial, String format) {
        long millis =
                serial.multiply(BigDecimal.valueOf(MILLIS_OF_DAY))
                        .setScale(0, RoundingMode.HALF_UP)
                        .longValue();
        LocalDateTime time = firstDay.atStartOfDay().plus(millis, ChronoUnit.MILLIS);
        boolean hasDay = format.chars().anyMatch(c -> c == 'y' || c == 'd' || c == 'Y' || c == 'D');
        if (!hasDay && serial.compareTo(BigDecimal.ONE) < 0) {
            return time.toLocalTime().toString();
        }
        return millis % MILLIS_OF_DAY == 0
                ? time.toLocalDate().toString()
                : time.toLocalDate() + " " + time.toLocalTime();
    }

    /**
     * Whether a number format shows a day or a time: it has y, m, d, h or s outside quotes and
     * brackets.
     */
    static boolean isDateFormat(String format) {
        boolean quoted = false;
        boolean bracket = false;
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c == ';') {
                break;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == '\\' || c == '_' || c == '*') {
                i++;
            } else if (!quoted && (c == '[' || c == ']')) {
                bracket = c == '[';
            } else if (!quoted && !bracket && "ymdhsYMDHS".indexOf(c) >= 0) {
                return true;
            } else if (!quoted && !bracket && (c == '0' || c == '#' || c == '?' || c == 'G')) {
                return false;
            }
        }
        return false;
    }
}
