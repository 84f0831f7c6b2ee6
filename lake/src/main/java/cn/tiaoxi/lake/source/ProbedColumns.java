package cn.tiaoxi.lake.source;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Names and types of the columns of a sample. */
final class ProbedColumns {
    private ProbedColumns() {}

    static List<ProbedColumn> of(SourceLayout layout, List<SampleRow> body) {
        List<String> sourceNames = layout.columns();
        List<String> labels = labels(sourceNames);
        List<String> names = ColumnNames.propose(sourceNames);
        Map<String, Integer> occurrences = new HashMap<>();
        sourceNames.forEach(
                name -> occurrences.merge(name.toLowerCase(Locale.ROOT), 1, Integer::sum));
        List<ProbedColumn> columns = new ArrayList<>();
        for (int i = 0; i < sourceNames.size(); i++) {
            String sourceName = sourceNames.get(i);
            ColumnGuess guess = new ColumnGuess(sourceName);
            for (SampleRow row : body) {
                if (row.fault() == null && i < row.width() && row.width() >= sourceNames.size()) {
                    guess.add(row.values().get(i), row.faults().get(i), row.line());
                }
            }
            List<Problem> problems = new ArrayList<>();
            if (sourceName.isEmpty() && layout.header()) {
                problems.add(Problem.of(ProblemCode.COLUMN_NAME_EMPTY));
            } else if (!sourceName.isEmpty()
                    && occurrences.getOrDefault(sourceName.toLowerCase(Locale.ROOT), 0) > 1) {
                problems.add(Problem.of(ProblemCode.COLUMN_NAME_TWICE, sourceName));
            }
            problems.addAll(guess.problems());
            columns.add(
                    new ProbedColumn(
                            i,
                            sourceName,
                            names.get(i),
                            labels.get(i),
                            guess.type(),
                            guess.samples(),
                            problems));
        }
        return columns;
    }

    /** The names in the file, numbered where they are missing or stand twice. */
    private static List<String> labels(List<String> sourceNames) {
        List<String> labels = new ArrayList<>();
        Map<String, Integer> seen = new HashMap<>();
        for (int i = 0; i < sourceNames.size(); i++) {
            String name = sourceNames.get(i).isEmpty() ? "列" + (i + 1) : sourceNames.get(i);
            int occurrence = seen.merge(name, 1, Integer::sum);
            labels.add(occurrence == 1 ? name : name + " " + occurrence);
        }
        return labels;
    }
}
