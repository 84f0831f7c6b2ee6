package cn.tiaoxi.platform.intake;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts what is told about the cells of a file. Written by one thread, read after it. */
final class Tally {
    private final Map<String, Import.Notice> notices = new LinkedHashMap<>();

    void add(String code, long row, Object... arguments) {
        Import.Notice known = notices.get(code);
        notices.put(
                code,
                known == null
                        ? new Import.Notice(
                                code,
                                1,
                                row,
                                Arrays.stream(arguments).map(String::valueOf).toList())
                        : new Import.Notice(
                                code, known.count() + 1, known.row(), known.arguments()));
    }

    List<Import.Notice> notices() {
        return List.copyOf(notices.values());
    }
}
