package cn.tiaoxi.platform.intake;

import java.util.List;

/**
 * What reading a file showed about a cell, or about a whole row.
 *
 * @param column the column, from 0; -1 for the row
 * @param code key of the message
 * @param wrong whether the row cannot be taken so; else it is only told
 * @param arguments what the message names
 */
record CellNote(int column, String code, boolean wrong, List<Object> arguments) {
    static final int ROW = -1;

    CellNote {
        arguments = List.copyOf(arguments);
    }

    static CellNote wrong(int column, String code, Object... arguments) {
        return new CellNote(column, code, true, List.of(arguments));
    }

    static CellNote told(int column, String code, Object... arguments) {
        return new CellNote(column, code, false, List.of(arguments));
    }
}
