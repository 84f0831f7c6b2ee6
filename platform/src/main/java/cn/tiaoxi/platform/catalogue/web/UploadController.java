package cn.tiaoxi.platform.catalogue.web;

import cn.tiaoxi.lake.ColumnType;
import cn.tiaoxi.lake.source.ReadOptions;
import cn.tiaoxi.lake.source.TextEncoding;
import cn.tiaoxi.lake.table.LoadMode;
import cn.tiaoxi.platform.border.BorderException;
import cn.tiaoxi.platform.border.Idempotency;
import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.catalogue.LoadOrder;
import cn.tiaoxi.platform.catalogue.Upload;
import cn.tiaoxi.platform.catalogue.Uploads;
import cn.tiaoxi.platform.identity.Access;
import cn.tiaoxi.platform.identity.Permission;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Files that people bring. */
@RestController
@RequestMapping("/api/v1/uploads")
class UploadController {
    private final Uploads uploads;
    private final UploadFeed feed;
    private final Idempotency idempotency;
    private final Access access;

    UploadController(Uploads uploads, UploadFeed feed, Idempotency idempotency, Access access) {
        this.uploads = uploads;
        this.feed = feed;
        this.idempotency = idempotency;
        this.access = access;
    }

    /** How a person says that a file is to be read. */
    record Reading(
            @Nullable String encoding,
            @Nullable String separator,
            @Nullable Boolean header,
            @Nullable @Size(max = 100) String sheet) {

        ReadOptions options() {
            return new ReadOptions(
                    encoding == null ? null : encoding(encoding),
                    separator == null ? null : separator(separator),
                    header,
                    sheet);
        }

        private static TextEncoding encoding(String name) {
            try {
                return TextEncoding.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
            } catch (IllegalArgumentException e) {
                throw BorderException.invalid("encoding", "catalogue.encodingUnknown", name);
            }
        }

        private static char separator(String text) {
            if (text.length() != 1 || text.charAt(0) > 0x7e || "\"\r\n".contains(text)) {
                throw BorderException.invalid("separator", "catalogue.separatorInvalid");
            }
            return text.charAt(0);
        }
    }

    /** A column to take. */
    record ColumnForm(
            @NotNull Integer index,
            @NotNull String name,
            @NotNull String label,
            @NotNull ColumnType type) {}

    /** A load to order. */
    record OrderForm(
            @Nullable String dataset,
            @Nullable String title,
            @Nullable String organisation,
            @NotNull LoadMode mode,
            @NotNull @Size(max = 1000) List<@Valid @NotNull ColumnForm> columns) {

        Uploads.Wanted wanted() {
            return new Uploads.Wanted(
                    dataset,
                    title,
                    organisation,
                    mode,
                    columns.stream()
                            .map(
                                    c ->
                                            new LoadOrder.Column(
                                                    c.index(),
                                                    c.name().strip(),
                                                    c.label().strip(),
                                                    c.type()))
                            .toList());
        }
    }

    @GetMapping
    @Permission("dataset:write")
    Page<UploadView> list(Slice slice, Locale locale) {
        return uploads.list(slice).map(u -> view(u, locale).inList());
    }

    /** Takes the request's body as a file. */
    @PostMapping(consumes = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    @Permission("dataset:write")
    ResponseEntity<UploadView> receive(
            @RequestParam @NotBlank String fileName, HttpServletRequest request, Locale locale)
            throws IOException {
        Upload upload =
                uploads.receive(fileName, request.getInputStream(), request.getContentLengthLong());
        return ResponseEntity.created(URI.create("/api/v1/uploads/" + upload.id()))
                .body(view(upload, locale));
    }

    @GetMapping("/{id}")
    @Permission("dataset:write")
    UploadView one(@PathVariable String id, Locale locale) {
        return view(uploads.get(id), locale);
    }

    @PostMapping("/{id}/probe")
    @Permission("dataset:write")
    UploadView probe(@PathVariable String id, @Valid @RequestBody Reading reading, Locale locale) {
        return view(uploads.probe(id, reading.options()), locale);
    }

    @PostMapping("/{id}/load")
    @Permission("dataset:write")
    @ResponseStatus(HttpStatus.ACCEPTED)
    UploadView load(
            @PathVariable String id,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @Valid @RequestBody OrderForm form,
            Locale locale) {
        return idempotency.once(
                key,
                access.actor().username(),
                "POST /uploads/" + id + "/load",
                form,
                UploadView.class,
                () -> view(uploads.order(id, form.wanted(), locale), locale));
    }

    @PostMapping("/{id}/cancel")
    @Permission("dataset:write")
    UploadView cancel(@PathVariable String id, Locale locale) {
        return view(uploads.cancel(id), locale);
    }

    @DeleteMapping("/{id}")
    @Permission("dataset:write")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void discard(@PathVariable String id) {
        uploads.discard(id);
    }

    @GetMapping(path = "/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Permission("dataset:write")
    SseEmitter events(@PathVariable String id) {
        return feed.open(uploads.get(id));
    }

    @GetMapping("/{id}/rejects")
    @Permission("dataset:write")
    ResponseEntity<Resource> rejects(@PathVariable String id) {
        Upload upload = uploads.get(id);
        return csv(uploads.rejects(id), rejectsName(upload.fileName()));
    }

    /** The name of a file's rejects: its own without the ending. */
    static String rejectsName(String fileName) {
        int point = fileName.lastIndexOf('.');
        return (point > 0 ? fileName.substring(0, point) : fileName) + "-rejects.csv";
    }

    /** Sends a file of rejects. */
    static ResponseEntity<Resource> csv(Path file, String name) {
        return ResponseEntity.ok()
                .contentType(new MediaType("text", "csv", StandardCharsets.UTF_8))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(name, StandardCharsets.UTF_8)
                                .build()
                                .toString())
                .body(new FileSystemResource(file));
    }

    private UploadView view(Upload upload, Locale locale) {
        return UploadView.of(upload, uploads.progress(upload), locale);
    }
}
