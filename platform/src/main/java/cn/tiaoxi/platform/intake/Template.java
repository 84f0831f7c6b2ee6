package cn.tiaoxi.platform.intake;

import cn.tiaoxi.platform.border.Words;
import cn.tiaoxi.platform.city.Organisation;
import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.ledger.EntryTable;
import cn.tiaoxi.platform.ledger.LedgerType;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.dhatim.fastexcel.VisibilityState;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/**
 * The workbook that people fill in for a ledger: a row of names, below it a hidden one of
 * identifiers, notes with what to fill in, choices, formats, an example, and a sheet that explains.
 */
final class Template {
    /** Hidden sheet that says which ledger and which version of its type a workbook is for. */
    static final String FORM_SHEET = "tiaoxi";

    private static final String LIST_SHEET = "lists";
    private static final int FILLED_ROWS = 20_000;
    private static final int MOST_CHOICES = 5_000;
    private static final int LONGEST_NOTE = 1_000;
    private static final String REQUIRED_COLOUR = "FDE9D9";
    private static final String HEAD_COLOUR = "E8EEF7";
    private static final Words EXAMPLE = new Words("示例行，导入时忽略", "Example row, ignored on import");
    private static final Words SHEET = new Words("填写", "Entries");
    private static final Words HELP_SHEET = new Words("填写说明", "How to fill in");
    private static final Words YES = new Words("是", "Yes");
    private static final Words NO = new Words("否", "No");
    private static final Words REQUIRED = new Words("必填", "Required");
    private static final Set<String> EXAMPLES =
            Set.of(Likeness.plain(EXAMPLE.zh()), Likeness.plain(EXAMPLE.en()));

    private final LedgerType type;
    private final int version;
    private final List<EntryTable.Column> columns;
    private final Organisations organisations;
    private final Locale locale;

    Template(
            LedgerType type,
            int version,
            List<EntryTable.Column> columns,
            Organisations organisations,
            Locale locale) {
        this.type = type;
        this.version = version;
        this.columns = columns;
        this.organisations = organisations;
        this.locale = locale;
    }

    /** Whether a row is the example of a template. */
    static boolean isExample(SourceRow row) {
        return row.width() > 0
                && row.cell(0) instanceof String text
                && text.length() < 60
                && EXAMPLES.contains(Likeness.plain(text));
    }

    /** The names of the columns. */
    List<String> names() {
        return columns.stream().map(c -> c.name().in(locale)).toList();
    }

    /** The example row, marked as such. */
    List<String> example() {
        List<String> cells = new ArrayList<>();
        for (EntryTable.Column column : columns) {
            cells.add(column.id().equals(EntryTable.CODE) ? EXAMPLE.in(locale) : example(column));
        }
        return cells;
    }

    private String example(EntryTable.Column column) {
        LedgerType.Field field = column.field();
        if (field == null) {
            return organisations.all().stream()
                    .filter(o -> o.kind() == Organisation.Kind.OFFICE)
                    .findFirst()
                    .map(o -> o.name().in(locale))
                    .orElse("");
        }
        return switch (field.type()) {
            case TEXT ->
                    field.check() != null || field.pattern() != null ? "" : field.name().in(locale);
            case NUMBER -> "1";
            case DATE -> "2026-11-24";
            case BOOLEAN -> YES.in(locale);
            case CODE ->
                    field.allCodes().isEmpty() ? "" : field.allCodes().getFirst().name().in(locale);
            case DIVISION -> organisations.top().name().in(locale);
            case GEOMETRY -> "120.08,30.89";
            case ORGANISATION, PERSON, REFERENCE, FILE -> "";
        };
    }

    /** How a column is filled in, in a few sentences. */
    String help(EntryTable.Column column) {
        LedgerType.Field field = column.field();
        List<String> parts = new ArrayList<>();
        if (isRequired(column)) {
            parts.add(REQUIRED.in(locale));
        }
        if (field == null) {
            parts.add(ofEntry(column).in(locale));
        } else {
            if (field.help() != null) {
                parts.add(field.help().in(locale));
            }
            parts.add(form(field).in(locale));
            if (field.patternHelp() != null) {
                parts.add(field.patternHelp().in(locale));
            }
            if (field.unit() != null) {
                parts.add(new Words("单位：", "Unit: ").in(locale) + field.unit().in(locale));
            }
            if (field.several()) {
                parts.add(new Words("可填多个，用“；”分开", "Several values with ; between").in(locale));
            }
        }
        String stop = new Words("。", ". ").in(locale);
        return String.join(stop, parts.stream().filter(p -> !p.isBlank()).toList());
    }

    private Words ofEntry(EntryTable.Column column) {
        if (!column.id().equals(EntryTable.CODE)) {
            return new Words(
                    "单位的名称或代码；不填为导入时所选的单位", "Name or code; if empty, the one chosen on import");
        }
        return type.identifier().equals("{given}")
                ? new Words("已有的编码会更新该条目，其余新增", "A code that is there changes that entry")
                : new Words("新增时留空；填已有的编码则更新", "Leave empty to add; an existing code changes");
    }

    private static Words form(LedgerType.Field field) {
        return switch (field.type()) {
            case TEXT ->
                    new Words(
                            "最多 " + field.mostCharacters() + " 个字",
                            "At most " + field.mostCharacters() + " characters");
            case NUMBER -> new Words("填数字", "A number");
            case DATE -> new Words("日期，如 2026-11-24", "A date such as 2026-11-24");
            case BOOLEAN -> new Words("填“是”或“否”", "Yes or No");
            case CODE ->
                    new Words(
                            "可选：" + choices(field, Locale.CHINA),
                            "One of: " + choices(field, Locale.ENGLISH));
            case DIVISION -> new Words("行政区划的名称或代码", "Name or code of a division");
            case ORGANISATION -> new Words("单位的名称或代码", "Name or code of an organisation");
            case PERSON -> new Words("人员的用户名，或不重名的姓名", "User name, or a name that is unique");
            case REFERENCE ->
                    new Words("所引用条目的编码，或不重名的名称", "Code of the entry, or a title that is unique");
            case GEOMETRY ->
                    new Words("经度,纬度，如 120.08,30.89", "Longitude,latitude such as 120.08,30.89");
            case FILE -> new Words("", "");
        };
    }

    private static String choices(LedgerType.Field field, Locale language) {
        return field.allCodes().stream()
                .limit(40)
                .map(c -> c.name().in(language))
                .collect(Collectors.joining(language.equals(Locale.CHINA) ? "、" : ", "));
    }

    private boolean isRequired(EntryTable.Column column) {
        LedgerType.Field field = column.field();
        return field == null
                ? column.id().equals(EntryTable.CODE) && type.identifier().equals("{given}")
                : field.needed() && field.when() == null || field.id().equals(LedgerType.TITLE);
    }

    /** Writes the workbook. */
    void write(OutputStream out) throws IOException {
        try (Workbook book = new Workbook(out, "Tiaoxi", "1.0")) {
            Worksheet sheet = book.newWorksheet(SHEET.in(locale));
            Worksheet help = book.newWorksheet(HELP_SHEET.in(locale));
            Worksheet lists = book.newWorksheet(LIST_SHEET);
            Worksheet form = book.newWorksheet(FORM_SHEET);
            lists.setVisibilityState(VisibilityState.HIDDEN);
            form.setVisibilityState(VisibilityState.VERY_HIDDEN);
            fill(sheet, lists);
            explain(help);
            form.value(0, 0, "type");
            form.value(0, 1, type.id());
            form.value(1, 0, "version");
            form.value(1, 1, Integer.toString(version));
        }
    }

    private void fill(Worksheet sheet, Worksheet lists) {
        List<String> example = example();
        Map<List<String>, Integer> placed = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            EntryTable.Column column = columns.get(i);
            boolean required = isRequired(column);
            sheet.width(i, Math.min(40, Math.max(14, column.name().in(locale).length() * 2 + 4)));
            format(sheet, i, column.field());
            sheet.value(0, i, column.name().in(locale) + (required ? " *" : ""));
            sheet.style(0, i)
                    .bold()
                    .wrapText(true)
                    .fillColor(required ? REQUIRED_COLOUR : HEAD_COLOUR)
                    .set();
            String note = help(column);
            if (!note.isBlank()) {
                sheet.comment(
                        0,
                        i,
                        note.length() <= LONGEST_NOTE ? note : note.substring(0, LONGEST_NOTE));
            }
            sheet.value(1, i, "{" + column.id() + "}");
            sheet.value(2, i, example.get(i));
            sheet.style(2, i).italic().fontColor("808080").set();
            choose(sheet, lists, i, column, placed);
        }
        sheet.hideRow(1);
        sheet.freezePane(1, 3);
    }

    private static void format(Worksheet sheet, int column, LedgerType.@Nullable Field field) {
        if (field == null) {
            sheet.style(column).format("@").set();
            return;
        }
        switch (field.type()) {
            case DATE -> sheet.style(column).format("yyyy-mm-dd").set();
            case NUMBER -> {}
            case TEXT, BOOLEAN, CODE, DIVISION, ORGANISATION, PERSON, REFERENCE, GEOMETRY, FILE ->
                    sheet.style(column).format("@").set();
        }
    }

    /** A drop-down of what may be chosen, kept on the hidden sheet. */
    private void choose(
            Worksheet sheet,
            Worksheet lists,
            int column,
            EntryTable.Column target,
            Map<List<String>, Integer> placed) {
        List<String> choices = choices(target);
        LedgerType.Field field = target.field();
        if (choices.isEmpty() || choices.size() > MOST_CHOICES) {
            return;
        }
        Integer place = placed.get(choices);
        if (place == null) {
            place = placed.size();
            placed.put(choices, place);
            for (int i = 0; i < choices.size(); i++) {
                lists.value(i, place, choices.get(i));
            }
        }
        boolean free = field != null && field.several();
        sheet.range(3, column, FILLED_ROWS, column)
                .validateWithList(lists.range(0, place, choices.size() - 1, place))
                .allowBlank(true)
                .showErrorMessage(!free)
                .errorTitle(target.name().in(locale))
                .error(new Words("请从列表中选择", "Choose from the list").in(locale));
    }

    private List<String> choices(EntryTable.Column target) {
        LedgerType.Field field = target.field();
        if (field == null) {
            return target.id().equals(LedgerType.ORGANISATION) ? bodies(false) : List.of();
        }
        return switch (field.type()) {
            case BOOLEAN -> List.of(YES.in(locale), NO.in(locale));
            case CODE ->
                    unique(
                            field.allCodes().stream()
                                    .map(c -> new Choice(c.code(), c.name()))
                                    .toList());
            case ORGANISATION -> bodies(false);
            case DIVISION -> bodies(true);
            case TEXT, NUMBER, DATE, PERSON, REFERENCE, GEOMETRY, FILE -> List.of();
        };
    }

    private record Choice(String code, Words name) {}

    private List<String> bodies(boolean divisions) {
        return unique(
                organisations.all().stream()
                        .filter(
                                o ->
                                        !divisions
                                                || o.kind() != Organisation.Kind.OFFICE
                                                        && o.kind() != Organisation.Kind.ENTERPRISE)
                        .map(o -> new Choice(o.code(), o.name()))
                        .toList());
    }

    /** Names, and codes where two have the same name. */
    private List<String> unique(List<Choice> choices) {
        Map<String, Long> counts =
                choices.stream()
                        .collect(
                                Collectors.groupingBy(
                                        c -> c.name().in(locale), Collectors.counting()));
        return choices.stream()
                .map(
                        c ->
                                counts.getOrDefault(c.name().in(locale), 0L) == 1
                                        ? c.name().in(locale)
                                        : c.code())
                .toList();
    }

    private void explain(Worksheet help) {
        List<Words> heads =
                List.of(
                        new Words("列", "Column"),
                        REQUIRED,
                        new Words("怎么填", "How to fill in"),
                        new Words("示例", "Example"));
        String title =
                new Words(
                                "“" + type.name().zh() + "”导入模板：第一行是列名，灰色示例行导入时忽略；请勿删除隐藏的第二行",
                                "Template of “"
                                        + type.name().en()
                                        + "”: names in the first row; the grey example is ignored;"
                                        + " keep the hidden second row")
                        .in(locale);
        help.value(0, 0, title);
        help.style(0, 0).bold().set();
        for (int i = 0; i < heads.size(); i++) {
            help.value(2, i, heads.get(i).in(locale));
            help.style(2, i).bold().fillColor(HEAD_COLOUR).set();
        }
        help.width(0, 24);
        help.width(1, 10);
        help.width(2, 90);
        help.width(3, 24);
        List<String> example = example();
        for (int i = 0; i < columns.size(); i++) {
            int row = i + 3;
            help.value(row, 0, columns.get(i).name().in(locale));
            help.value(row, 1, isRequired(columns.get(i)) ? YES.in(locale) : "");
            help.value(row, 2, help(columns.get(i)));
            help.style(row, 2).wrapText(true).set();
            help.value(row, 3, columns.get(i).id().equals(EntryTable.CODE) ? "" : example.get(i));
        }
    }
}
