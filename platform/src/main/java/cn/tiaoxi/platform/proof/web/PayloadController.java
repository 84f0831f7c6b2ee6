package cn.tiaoxi.platform.proof.web;

import cn.tiaoxi.platform.border.BorderException;
import cn.tiaoxi.platform.evidence.Payloads;
import cn.tiaoxi.platform.identity.Access;
import cn.tiaoxi.platform.identity.Permission;
import cn.tiaoxi.platform.proof.Happening;
import cn.tiaoxi.platform.proof.Proofs;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What people wrote freely in changes: shown with its hash, erased by law. */
@RestController
@RequestMapping("/api/v1/trace/records/{id}")
class PayloadController {
    private static final int LONGEST_REASON = 1000;

    private final Access access;
    private final Proofs proofs;
    private final Payloads payloads;

    PayloadController(Access access, Proofs proofs, Payloads payloads) {
        this.access = access;
        this.proofs = proofs;
        this.payloads = payloads;
    }

    /** Why something is erased. */
    record ReasonForm(@Nullable String reason) {}

    /** The free texts of a record, or nothing. */
    @GetMapping("/payload")
    @Permission("trace:read")
    Map<String, Optional<Payloads.Kept>> payload(@PathVariable String id) {
        Happening happening = proofs.happening(access.actor(), id);
        return Map.of("payload", payloads.of(happening.id()));
    }

    /** Erases the free texts of a record for good; the record and its proof stay. */
    @PostMapping("/erasure")
    @Permission("trace:erase")
    Map<String, Optional<Payloads.Kept>> erase(
            @PathVariable String id, @RequestBody ReasonForm form) {
        Happening happening = proofs.happening(access.actor(), id);
        String reason = form.reason() == null ? "" : form.reason().strip();
        if (reason.isEmpty()) {
            throw BorderException.invalid("reason", "border.required");
        }
        if (reason.length() > LONGEST_REASON) {
            throw BorderException.invalid("reason", "border.tooLong", LONGEST_REASON);
        }
        payloads.erase(access.actor().who(), happening.id(), reason);
        return Map.of("payload", payloads.of(happening.id()));
    }
}
