package cn.tiaoxi.platform.intake;

import java.util.List;

/**
 * What is wrong with a cell or a row, so that the row is refused.
 *
 * @param row the row in the person's file
 * @param column the column, from 0; -1 for the row as a whole
 * @param code key of the message
 * @param value what stands in the cell, shortened
 * @param arguments what the message names
 */
public record Finding(long row, int column, String code, String value, List<String> arguments) {
    private static final int LONGEST = 200;

    public Finding {
        value = value.length() <= LONGEST ? value : value.substring(0, LONGEST) + "…";
        arguments = List.copyOf(arguments);
    }

    static Finding of(long row, int column, String code, String value, Object... arguments) {
        return new Finding(
                row,
                column,
                code,
                value,
                java.util.Arrays.stream(arguments).map(Finding::plain).toList());
    }

    private static String plain(Object argument) {
        return argument instanceof java.math.BigDecimal number
                ? number.toPlainString()
                : String.valueOf(argument);
    }
}
