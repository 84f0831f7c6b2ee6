package cn.tiaoxi.lake.source;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Tells whether the first row holds names rather than values. */
final class HeaderDetector {
    private static final Pattern VALUE =
            Pattern.compile(
                    "[-+]?[0-9０-９][0-9０-９,.:/\\-年月日 ]*[XxZz日号]?|(?i:true|false)|是|否|[\\w.+-]+@[\\w.-]+|https?://.*");
    private static final List<String> WORDS =
            List.of(
                    "名称", "姓名", "编码", "代码", "编号", "号码", "地址", "日期", "时间", "类型", "电话", "手机", "性别",
                    "备注", "金额", "面积", "状态", "单位", "年龄", "序号", "证件", "数量", "区划", "name", "code",
                    "date", "time", "type", "address", "phone", "id", "email", "amount", "number",
                    "note", "flag", "status", "title");
    private static final int LONGEST_NAME = 40;

    private HeaderDetector() {}

    static boolean hasHeader(List<SampleRow> rows) {
        SampleRow first = rows.getFirst();
        int named = 0;
        int words = 0;
        for (String cell : first.values()) {
            if (cell == null) {
                continue;
            }
            if (VALUE.matcher(cell.strip()).matches() || cell.length() > LONGEST_NAME) {
                return false;
            }
            named++;
            words += isWord(cell) ? 1 : 0;
        }
        if (named == 0) {
            return false;
        }
        if (words * 3 >= named) {
            return true;
        }
        return !repeatsBelow(rows) || differsFromBelow(rows);
    }

    private static boolean isWord(String cell) {
        String lower = cell.toLowerCase(Locale.ROOT);
        return WORDS.stream().anyMatch(lower::contains);
    }

    /** Whether a cell of the first row is also a value of its column. */
    private static boolean repeatsBelow(List<SampleRow> rows) {
        for (int column = 0; column < rows.getFirst().width(); column++) {
            Set<String> below = new HashSet<>();
            for (SampleRow row : rows.subList(1, rows.size())) {
                String value = row.value(column);
                if (value != null) {
                    below.add(value);
                }
            }
            String name = rows.getFirst().value(column);
            if (name != null && below.contains(name)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a column has only numbers or the like below a cell that is none. */
    private static boolean differsFromBelow(List<SampleRow> rows) {
        for (int column = 0; column < rows.getFirst().width(); column++) {
            int values = 0;
            int plain = 0;
            for (SampleRow row : rows.subList(1, rows.size())) {
                String value = row.value(column);
                if (value != null) {
                    values++;
                    plain += VALUE.matcher(value.strip()).matches() ? 1 : 0;
                }
            }
            if (values > 0 && plain == values && rows.getFirst().value(column) != null) {
                return true;
            }
        }
        return false;
    }
}
