package cn.tiaoxi.command;

import cn.tiaoxi.contract.Wire;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Prints answers: the document, one row per line, or a table that spreadsheets open safely. */
final class CallOutput {
    private final PrintStream out;
    private final CallArguments arguments;
    private List<String> columns = List.of();

    CallOutput(PrintStream out, CallArguments arguments) {
        this.out = out;
        this.arguments = arguments;
    }

    void print(JsonNode answer) {
        if (arguments.format().equals("csv")) {
            answer.get("rows").forEach(this::printCsv);
        } else if (arguments.allPages()) {
            answer.get("rows").forEach(row -> out.println(row));
        } else {
            out.println(Wire.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(answer));
        }
    }

    private void printCsv(JsonNode row) {
        if (columns.isEmpty()) {
            columns = new ArrayList<>(row.propertyNames());
            out.print(String.join(",", columns.stream().map(CallOutput::quoted).toList()) + "\r\n");
        }
        List<String> cells = new ArrayList<>(columns.size());
        for (String column : columns) {
            JsonNode cell = row.path(column);
            cells.add(cell.isString() ? quoted(neutral(cell.asString())) : plain(cell));
        }
        out.print(String.join(",", cells) + "\r\n");
    }

    private static String plain(JsonNode cell) {
        return cell.isNull() ? "" : cell.toString();
    }

    /** Keeps a spreadsheet from running text as a formula. */
    private static String neutral(String text) {
        return !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    private static String quoted(String text) {
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
