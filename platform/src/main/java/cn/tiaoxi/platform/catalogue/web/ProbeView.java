package cn.tiaoxi.platform.catalogue.web;

import cn.tiaoxi.lake.ColumnType;
import cn.tiaoxi.lake.source.Format;
import cn.tiaoxi.lake.source.ProbeResult;
import cn.tiaoxi.lake.source.ProbedColumn;
import cn.tiaoxi.lake.source.SourceLayout;
import cn.tiaoxi.lake.source.TextEncoding;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What was found in a file, in the asker's language. */
record ProbeView(
        Format format,
        @Nullable TextEncoding encoding,
        @Nullable String encodingReason,
        @Nullable String separator,
        @Nullable String quote,
        boolean header,
        @Nullable String sheet,
        List<String> sheets,
        List<ColumnView> columns,
        List<List<@Nullable String>> preview,
        List<ProblemView> problems) {

    /** A column of the file. */
    record ColumnView(
            int index,
            String sourceName,
            String name,
            String label,
            ColumnType type,
            List<String> samples,
            List<ProblemView> problems) {

        static ColumnView of(ProbedColumn column, Locale locale) {
            return new ColumnView(
                    column.index(),
                    column.sourceName(),
                    column.name(),
                    column.label(),
                    column.type(),
                    column.samples(),
                    column.problems().stream().map(p -> ProblemView.of(p, locale)).toList());
        }
    }

    static ProbeView of(ProbeResult probe, Locale locale) {
        SourceLayout layout = probe.layout();
        ProbeResult.EncodingReason reason = probe.encodingReason();
        Character separator = layout.separator();
        return new ProbeView(
                layout.format(),
                layout.encoding(),
                reason == null ? null : reason.text(locale),
                separator == null ? null : separator.toString(),
                layout.format().isDelimited() ? String.valueOf(SourceLayout.QUOTE) : null,
                layout.header(),
                layout.sheet(),
                probe.sheets(),
                probe.columns().stream().map(c -> ColumnView.of(c, locale)).toList(),
                probe.preview(),
                probe.problems().stream().map(p -> ProblemView.of(p, locale)).toList());
    }
}
