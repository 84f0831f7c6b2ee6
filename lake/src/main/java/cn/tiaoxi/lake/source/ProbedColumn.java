package cn.tiaoxi.lake.source;

import cn.tiaoxi.lake.ColumnType;
import java.util.List;

/**
 * A column as found in a file.
 *
 * @param index its place, from 0
 * @param sourceName its name in the file; empty if it has none
 * @param name the proposed name in SQL, unique in the file
 * @param label the proposed name for people
 * @param type the proposed type
 * @param samples some of its values
 * @param problems what is amiss with it
 */
public record ProbedColumn(
        int index,
        String sourceName,
        String name,
        String label,
        ColumnType type,
        List<String> samples,
        List<Problem> problems) {
    public ProbedColumn {
        samples = List.copyOf(samples);
        problems = List.copyOf(problems);
    }
}
