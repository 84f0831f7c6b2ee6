package cn.tiaoxi.platform.intake.web;

import cn.tiaoxi.lake.source.TextEncoding;
import cn.tiaoxi.platform.border.BorderException;
import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.identity.Permission;
import cn.tiaoxi.platform.intake.Finding;
import cn.tiaoxi.platform.intake.FindingSort;
import cn.tiaoxi.platform.intake.Import;
import cn.tiaoxi.platform.intake.Imports;
import cn.tiaoxi.platform.intake.Wording;
import cn.tiaoxi.platform.ledger.EntryTable;
import cn.tiaoxi.platform.ledger.LedgerType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Files that people bring into ledgers. */
@RestController
@RequestMapping("/api/v1/ledgers/{type}/imports")
class ImportController {
    private final Imports imports;
    private final Wording wording;

    ImportController(Imports imports, Wording wording) {
        this.imports = imports;
        this.wording = wording;
    }

    /** What a column may go to. */
    record TargetView(String id, String name, @Nullable String kind, boolean required) {}

    /** How values are to be read. */
    record OptionsForm(
            @NotBlank @Size(max = 40) String organisation,
            boolean decodeEntities,
            boolean fillMerged,
            boolean blankClears) {
        Import.Options options() {
            return new Import.Options(organisation, decodeEntities, fillMerged, blankClears);
        }
    }

    /** How a file is to be read; what is left out stays as it is. */
    record ColumnsForm(
            @Nullable @Size(max = 100) String sheet,
            @Nullable Long headerRow,
            @Nullable String encoding,
            @Nullable String separator,
            @Nullable @Size(max = 500) List<@Nullable String> targets,
            @Nullable @Valid OptionsForm options) {
        Imports.Wanted wanted() {
            return new Imports.Wanted(
                    sheet,
                    headerRow,
                    encoding == null ? null : encoding(encoding),
                    separator == null ? null : separator(separator),
                    targets,
                    options == null ? null : options.options());
        }

        private static TextEncoding encoding(String name) {
            try {
                return TextEncoding.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
            } catch (IllegalArgumentException e) {
                throw BorderException.invalid("encoding", "intake.encodingUnknown", name);
            }
        }

        private static char separator(String text) {
            if (text.length() != 1 || text.charAt(0) > 0x7e || "\"\r\n".contains(text)) {
                throw BorderException.invalid("separator", "intake.separatorInvalid");
            }
            return text.charAt(0);
        }
    }

    /** Why something is done. */
    record Reason(@NotNull @Size(max = 1000) String reason) {}

    /** What is wrong with a row. */
    record FindingView(
            long row, int column, String code, String value, String message, String mend) {}

    /** How many findings of a sort there are. */
    record SortView(String code, int column, long count, long firstRow, String name) {}

    /** What was taken back. */
    record Undone(int undone, int refused) {}

    @GetMapping
    @Permission("ledger:write")
    Page<ImportView> list(@PathVariable String type, Slice slice, Locale locale) {
        return imports.list(type, slice).map(j -> view(j, locale).inList());
    }

    /** Takes the request's body as a file. */
    @PostMapping(consumes = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    @Permission("ledger:write")
    ResponseEntity<ImportView> receive(
            @PathVariable String type,
            @RequestParam @NotBlank String fileName,
            HttpServletRequest request,
            Locale locale)
            throws IOException {
        Import job =
                imports.receive(
                        type, fileName, request.getInputStream(), request.getContentLengthLong());
        return ResponseEntity.created(
                        URI.create("/api/v1/ledgers/" + type + "/imports/" + job.id()))
                .body(view(job, locale));
    }

    @GetMapping("/targets")
    @Permission("ledger:write")
    List<TargetView> targets(@PathVariable String type) {
        return imports.targets(type).stream().map(ImportController::view).toList();
    }

    private static TargetView view(EntryTable.Column column) {
        LedgerType.Field field = column.field();
        return new TargetView(
                column.id(),
                column.name().shown(),
                field == null ? null : field.type().name().toLowerCase(Locale.ROOT),
                field != null && (field.needed() || field.id().equals(LedgerType.TITLE)));
    }

    @GetMapping("/{id}")
    @Permission("ledger:write")
    ImportView one(@PathVariable String type, @PathVariable String id, Locale locale) {
        return view(imports.get(type, id), locale);
    }

    @PutMapping("/{id}/columns")
    @Permission("ledger:write")
    ImportView columns(
            @PathVariable String type,
            @PathVariable String id,
            @Valid @RequestBody ColumnsForm form,
            Locale locale)
            throws IOException {
        return view(imports.change(type, id, form.wanted()), locale);
    }

    @PostMapping("/{id}/check")
    @Permission("ledger:write")
    @ResponseStatus(HttpStatus.ACCEPTED)
    ImportView check(@PathVariable String type, @PathVariable String id, Locale locale) {
        return view(imports.check(type, id, locale), locale);
    }

    @PostMapping("/{id}/apply")
    @Permission("ledger:write")
    @ResponseStatus(HttpStatus.ACCEPTED)
    ImportView apply(@PathVariable String type, @PathVariable String id, Locale locale) {
        return view(imports.apply(type, id, locale), locale);
    }

    @PostMapping("/{id}/cancel")
    @Permission("ledger:write")
    ImportView cancel(@PathVariable String type, @PathVariable String id, Locale locale) {
        return view(imports.cancel(type, id), locale);
    }

    @PostMapping("/{id}/undo")
    @Permission("ledger:write")
    Undone undo(
            @PathVariable String type, @PathVariable String id, @Valid @RequestBody Reason why) {
        var outcome = imports.undo(type, id, why.reason());
        return new Undone(outcome.changed(), outcome.refusedCount());
    }

    @DeleteMapping("/{id}")
    @Permission("ledger:write")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void discard(@PathVariable String type, @PathVariable String id) {
        imports.discard(type, id);
    }

    @GetMapping("/{id}/findings")
    @Permission("ledger:write")
    Page<FindingView> findings(
            @PathVariable String type,
            @PathVariable String id,
            @RequestParam(defaultValue = "") String code,
            @RequestParam(defaultValue = "-2") int column,
            Slice slice,
            Locale locale) {
        return imports.findings(imports.get(type, id), code, column, slice)
                .map(f -> view(f, locale));
    }

    private FindingView view(Finding finding, Locale locale) {
        return new FindingView(
                finding.row(),
                finding.column(),
                finding.code(),
                finding.value(),
                wording.message(finding.code(), finding.arguments(), locale),
                wording.mend(finding.code(), finding.arguments(), locale));
    }

    @GetMapping("/{id}/finding-sorts")
    @Permission("ledger:write")
    List<SortView> sorts(@PathVariable String type, @PathVariable String id, Locale locale) {
        return imports.sorts(imports.get(type, id)).stream().map(s -> view(s, locale)).toList();
    }

    private SortView view(FindingSort sort, Locale locale) {
        return new SortView(
                sort.code(),
                sort.column(),
                sort.count(),
                sort.firstRow(),
                wording.message(sort.code(), List.of("…", "…", "…"), locale));
    }

    private ImportView view(Import job, Locale locale) {
        List<ImportView.NoticeView> notices =
                job.notices().stream()
                        .map(
                                n ->
                                        new ImportView.NoticeView(
                                                n.code(),
                                                wording.message(n.code(), n.arguments(), locale),
                                                n.count(),
                                                n.row()))
                        .toList();
        return ImportView.of(job, imports.progress(job), notices, locale);
    }
}
