package cn.tiaoxi.platform.intake.web;

import cn.tiaoxi.platform.intake.Import;
import cn.tiaoxi.platform.intake.Layout;
import cn.tiaoxi.platform.intake.Progress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An import in an answer; lists leave out what only its page shows. */
record ImportView(
        String id,
        String type,
        String fileName,
        long bytes,
        Import.State state,
        String stateName,
        String maker,
        Instant created,
        Instant updated,
        String format,
        @Nullable String encoding,
        @Nullable String separator,
        @Nullable String sheet,
        List<String> sheets,
        long headerRow,
        List<ColumnView> columns,
        Import.Options options,
        Import.Counts counts,
        double percent,
        List<NoticeView> notices,
        List<Import.Sample> samples,
        @Nullable FaultView fault,
        @Nullable String batch,
        boolean kept) {

    /** A column of the file. */
    record ColumnView(int index, String name, List<String> samples, @Nullable String target) {}

    /** Something told about the file. */
    record NoticeView(String code, String message, long count, long row) {}

    /** Why it failed. */
    record FaultView(String code, String message, String mend) {}

    static ImportView of(
            Import job, @Nullable Progress progress, List<NoticeView> notices, Locale locale) {
        Layout layout = job.layout();
        List<ColumnView> columns = new ArrayList<>();
        for (int i = 0; i < layout.columns().size(); i++) {
            Layout.Column column = layout.columns().get(i);
            columns.add(new ColumnView(i, column.name(), column.samples(), job.targets().get(i)));
        }
        Import.Fault fault = job.fault();
        return new ImportView(
                job.id(),
                job.type(),
                job.fileName(),
                job.bytes(),
                job.state(),
                job.state().words().in(locale),
                job.maker().name(),
                job.created(),
                job.updated(),
                layout.format().name(),
                layout.encoding() == null ? null : layout.encoding().name(),
                layout.separator() == null ? null : layout.separator().toString(),
                layout.sheet(),
                layout.sheets(),
                layout.headerRow(),
                columns,
                job.options(),
                progress == null ? job.counts() : progress.counts(),
                progress == null ? 100 : progress.percent(),
                notices,
                job.samples(),
                fault == null
                        ? null
                        : new FaultView(
                                fault.code(), fault.message().in(locale), fault.mend().in(locale)),
                job.batch(),
                job.kept());
    }

    ImportView inList() {
        return new ImportView(
                id, type, fileName, bytes, state, stateName, maker, created, updated, format,
                encoding, separator, sheet, sheets, headerRow, List.of(), options, counts, percent,
                List.of(), List.of(), fault, batch, kept);
    }
}
