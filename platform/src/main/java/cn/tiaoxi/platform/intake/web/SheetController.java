package cn.tiaoxi.platform.intake.web;

import cn.tiaoxi.platform.border.BorderException;
import cn.tiaoxi.platform.identity.Permission;
import cn.tiaoxi.platform.intake.Import;
import cn.tiaoxi.platform.intake.Imports;
import cn.tiaoxi.platform.intake.MendingSheet;
import cn.tiaoxi.platform.intake.Templates;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Sheets to fill in and sheets to mend. */
@RestController
@RequestMapping("/api/v1/ledgers/{type}")
class SheetController {
    private static final String XLSX =
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    private static final String CSV = "text/csv;charset=UTF-8";

    private final Templates templates;
    private final Imports imports;
    private final MendingSheet mending;

    SheetController(Templates templates, Imports imports, MendingSheet mending) {
        this.templates = templates;
        this.imports = imports;
        this.mending = mending;
    }

    @GetMapping("/template")
    @Permission("ledger:write")
    void template(
            @PathVariable String type,
            @RequestParam(defaultValue = "xlsx") String format,
            Locale locale,
            HttpServletResponse response)
            throws IOException {
        boolean workbook = isWorkbook(format);
        byte[] bytes =
                workbook
                        ? templates.workbook(type, locale)
                        : templates.csv(type, locale).getBytes(StandardCharsets.UTF_8);
        describe(response, workbook, type + "-template");
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }

    /** The person's own table with what to mend. It is written to disk first, so sent whole. */
    @GetMapping("/imports/{id}/rejects")
    @Permission("ledger:write")
    void rejects(
            @PathVariable String type,
            @PathVariable String id,
            @RequestParam(defaultValue = "xlsx") String format,
            @RequestParam(defaultValue = "refused") String rows,
            Locale locale,
            HttpServletResponse response)
            throws IOException {
        boolean workbook = isWorkbook(format);
        Import job = imports.get(type, id);
        Path draft = Files.createTempFile("tiaoxi-mending", workbook ? ".xlsx" : ".csv");
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(draft))) {
                mending.write(job, workbook, rows.equals("all"), locale, out);
            }
            int point = job.fileName().lastIndexOf('.');
            String name = point > 0 ? job.fileName().substring(0, point) : job.fileName();
            describe(response, workbook, name + "-mend");
            response.setContentLengthLong(Files.size(draft));
            Files.copy(draft, response.getOutputStream());
        } finally {
            Files.delete(draft);
        }
    }

    private static boolean isWorkbook(String format) {
        return switch (format.toLowerCase(Locale.ROOT)) {
            case "xlsx" -> true;
            case "csv" -> false;
            default -> throw BorderException.invalid("format", "border.format", format);
        };
    }

    private static void describe(HttpServletResponse response, boolean workbook, String name) {
        response.setContentType(workbook ? XLSX : CSV);
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename(name + (workbook ? ".xlsx" : ".csv"), StandardCharsets.UTF_8)
                        .build()
                        .toString());
    }
}
