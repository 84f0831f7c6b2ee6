package cn.tiaoxi.lake.source;

import cn.tiaoxi.lake.Wording;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a probe found.
 *
 * @param layout how to read the rows
 * @param encodingReason why this encoding; null unless the file is text
 * @param sheets the workbook's visible sheets; empty unless it is a workbook
 * @param columns its columns
 * @param preview the first rows below the header, 50 at most, each as wide as there are columns
 * @param problems what is amiss with the file as a whole
 * @param bytes the file's size
 */
public record ProbeResult(
        SourceLayout layout,
        @Nullable EncodingReason encodingReason,
        List<String> sheets,
        List<ProbedColumn> columns,
        List<List<@Nullable String>> preview,
        List<Problem> problems,
        long bytes) {
    public ProbeResult {
        sheets = List.copyOf(sheets);
        columns = List.copyOf(columns);
        preview = List.copyOf(preview);
        problems = List.copyOf(problems);
    }

    /** Why an encoding was chosen. */
    public enum EncodingReason {
        GIVEN,
        BYTE_ORDER_MARK,
        ONLY_ASCII,
        VALID_UTF_8,
        VALID_GB18030,
        ZERO_BYTES,
        FEWEST_ERRORS;

        /** The reason in the given language. */
        public String text(Locale locale) {
            return Wording.text(locale, "encoding." + name());
        }
    }
}
