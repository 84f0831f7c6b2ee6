package cn.tiaoxi.platform.investigation.web;

import cn.tiaoxi.platform.border.BorderException;
import cn.tiaoxi.platform.identity.Permission;
import cn.tiaoxi.platform.investigation.EvidencePackage;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Evidence to hand out. */
@RestController
@RequestMapping("/api/v1/trace/package")
class PackageController {
    private final EvidencePackage packages;

    PackageController(EvidencePackage packages) {
        this.packages = packages;
    }

    /** The evidence of a record, a request or an investigation; just one of them is named. */
    @GetMapping
    @Permission("trace:read")
    ResponseEntity<byte[]> pack(
            @RequestParam(defaultValue = "") String record,
            @RequestParam(defaultValue = "") String request,
            @RequestParam(defaultValue = "") String investigation) {
        long named =
                java.util.stream.Stream.of(record, request, investigation)
                        .filter(text -> !text.isBlank())
                        .count();
        if (named != 1) {
            throw BorderException.invalid("record", "investigation.oneThing");
        }
        EvidencePackage.Packed packed =
                !record.isBlank()
                        ? packages.ofRecord(record)
                        : !request.isBlank()
                                ? packages.ofRequest(request)
                                : packages.ofInvestigation(investigation);
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("application/zip"))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(packed.fileName())
                                .build()
                                .toString())
                .body(packed.bytes());
    }
}
