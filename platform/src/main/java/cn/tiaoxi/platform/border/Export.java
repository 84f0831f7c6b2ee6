package cn.tiaoxi.platform.border;

import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;

/**
 * Whether the request wants a list as a file ({@code format=csv}, {@code xlsx} or {@code jsonl}),
 * and the way to answer it so. Controllers of lists take it as a parameter and end with {@link
 * #answer}. A file is sent whole or not at all: it is written to disk first.
 */
public final class Export {
    private static final int ROWS_AT_ONCE = 1_000;

    private final @Nullable Format format;
    private final HttpServletResponse response;
    private final MessageSource messages;
    private final Locale locale;

    /** The file formats. */
    enum Format {
        CSV("text/csv;charset=UTF-8", ".csv"),
        XLSX("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx"),
        JSONL("application/x-ndjson;charset=UTF-8", ".jsonl");

        private final String mediaType;
        private final String ending;

        Format(String mediaType, String ending) {
            this.mediaType = mediaType;
            this.ending = ending;
        }
    }

    /**
     * A column of the file.
     *
     * @param header key of the heading in the module's messages
     * @param value the cell of a row
     */
    public record Column<T>(String header, Function<T, @Nullable Object> value) {}

    /** Gives rows to a sheet. */
    @FunctionalInterface
    public interface Rows {
        void writeTo(Sheet sheet) throws IOException;
    }

    Export(
            @Nullable Format format,
            HttpServletResponse response,
            MessageSource messages,
            Locale locale) {
        this.format = format;
        this.response = response;
        this.messages = messages;
        this.locale = locale;
    }

    /** Whether a file is wanted. */
    public boolean wanted() {
        return format != null;
    }

    /** Whether the file is to be JSON lines: its headings are names of members. */
    public boolean isJson() {
        return format == Format.JSONL;
    }

    /**
     * Refuses a list that is longer than a file of the format asked for may be.
     *
     * @throws BorderException if it is
     */
    public void requireFitting(long rows) {
        if (format == Format.XLSX && rows >= Workbook.MOST_ROWS) {
            throw BorderException.exportTooLarge(rows, Workbook.MOST_ROWS - 1);
        }
    }

    /**
     * Answers the page asked for, or the whole filtered list as a file.
     *
     * @param name key of the file's name in the module's messages
     * @param slice the part asked for
     * @param list reads a part of the list
     * @param columns what the file shows
     * @return the page; null after a file has been sent
     */
    public <T> @Nullable Page<T> answer(
            String name, Slice slice, Function<Slice, Page<T>> list, List<Column<T>> columns) {
        if (format == null) {
            return list.apply(slice);
        }
        file(
                name,
                columns.stream().map(Column::header).toList(),
                sheet -> {
                    Slice part = slice.from(null, ROWS_AT_ONCE);
                    while (true) {
                        Page<T> page = list.apply(part);
                        requireFitting(page.total());
                        for (T row : page.items()) {
                            List<@Nullable Object> cells = new ArrayList<>();
                            columns.forEach(c -> cells.add(c.value().apply(row)));
                            sheet.row(cells);
                        }
                        String next = page.next();
                        if (next == null) {
                            return;
                        }
                        part = slice.from(Slice.parse(next), ROWS_AT_ONCE);
                    }
                });
        return null;
    }

    /**
     * Sends a file.
     *
     * @param name key of the file's name in the module's messages
     * @param headers keys of the headings in the module's messages, or the headings themselves
     * @param rows writes everything below the heading
     */
    public void file(String name, List<String> headers, Rows rows) {
        Format chosen = format == null ? Format.CSV : format;
        String label = text(name);
        try {
            Path draft = Files.createTempFile("tiaoxi-export", chosen.ending);
            try {
                write(draft, chosen, label, headers, rows);
                send(draft, chosen, label);
            } finally {
                Files.delete(draft);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(Path draft, Format chosen, String label, List<String> headers, Rows rows)
            throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(draft))) {
            Sheet sheet =
                    switch (chosen) {
                        case CSV ->
                                new CsvSheet(new OutputStreamWriter(out, StandardCharsets.UTF_8));
                        case XLSX -> new Workbook(out, label);
                        case JSONL -> new JsonLines(out);
                    };
            sheet.row(headers.stream().map(this::text).toList());
            rows.writeTo(sheet);
            sheet.finish();
        }
    }

    private void send(Path draft, Format chosen, String label) throws IOException {
        response.setContentType(chosen.mediaType);
        response.setContentLengthLong(Files.size(draft));
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename(label + chosen.ending, StandardCharsets.UTF_8)
                        .build()
                        .toString());
        Files.copy(draft, response.getOutputStream());
        response.flushBuffer();
    }

    private String text(String key) {
        String text = messages.getMessage(key, null, key, locale);
        return text == null ? key : text;
    }
}
