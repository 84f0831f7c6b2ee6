package cn.tiaoxi.platform.ledger.web;

import cn.tiaoxi.platform.border.Export;
import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Sheet;
import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.identity.Actor;
import cn.tiaoxi.platform.ledger.Entry;
import cn.tiaoxi.platform.ledger.EntryTable;
import cn.tiaoxi.platform.ledger.FieldAccess;
import cn.tiaoxi.platform.ledger.LedgerType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/**
 * Sends the entries of a list as a file with every field that the person may read, in the form of
 * the ledger's template: it can be changed and brought back.
 */
@Component
class EntryExport {
    private static final int AT_ONCE = 5_000;

    private final EntryTable table;

    EntryExport(EntryTable table) {
        this.table = table;
    }

    /**
     * Sends a file.
     *
     * @param list reads a part of the list
     */
    void send(
            Export export,
            LedgerType type,
            Actor actor,
            Slice slice,
            Function<Slice, Page<Entry>> list) {
        Locale locale = LocaleContextHolder.getLocale();
        List<EntryTable.Column> columns =
                EntryTable.columns(type, f -> f.read() == null || actor.may(f.read()));
        List<String> ids = columns.stream().map(EntryTable.Column::id).toList();
        List<String> headers = new ArrayList<>();
        if (export.isJson()) {
            headers.addAll(ids);
            headers.add("state");
        } else {
            columns.forEach(c -> headers.add(c.name().in(locale)));
            headers.addAll(List.of("ledger.state", "ledger.updated"));
        }
        export.file(
                "ledger.entries",
                headers,
                sheet -> {
                    sheet.hidden(ids.stream().map(i -> "{" + i + "}").toList());
                    Slice part = slice.from(null, AT_ONCE);
                    while (true) {
                        Page<Entry> page = list.apply(part);
                        export.requireFitting(page.total());
                        write(export, sheet, type, actor, columns, page.items(), locale);
                        String next = page.next();
                        if (next == null) {
                            return;
                        }
                        part = slice.after(next, AT_ONCE);
                    }
                });
    }

    private void write(
            Export export,
            Sheet sheet,
            LedgerType type,
            Actor actor,
            List<EntryTable.Column> columns,
            List<Entry> entries,
            Locale locale)
            throws IOException {
        List<Entry> shown =
                entries.stream().map(e -> e.with(FieldAccess.visible(actor, type, e))).toList();
        List<List<@Nullable Object>> rows =
                export.isJson() ? table.values(columns, shown) : table.rows(columns, shown, locale);
        for (int i = 0; i < rows.size(); i++) {
            Entry entry = shown.get(i);
            List<@Nullable Object> row = rows.get(i);
            if (export.isJson()) {
                row.add(entry.state());
            } else {
                row.add(type.state(entry.state()).map(s -> s.name().in(locale)).orElse(null));
                row.add(entry.updated());
            }
            sheet.row(row);
        }
    }
}
