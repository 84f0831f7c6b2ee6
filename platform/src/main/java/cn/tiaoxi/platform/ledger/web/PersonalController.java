package cn.tiaoxi.platform.ledger.web;

import cn.tiaoxi.platform.identity.Access;
import cn.tiaoxi.platform.identity.Permission;
import cn.tiaoxi.platform.ledger.Drafts;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
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

/** What the asker has for oneself at a ledger: drafts of forms, kept filters. */
@RestController
@RequestMapping("/api/v1/ledgers/{type}")
class PersonalController {
    private final Drafts drafts;
    private final EntryRequests requests;
    private final Access access;

    PersonalController(Drafts drafts, EntryRequests requests, Access access) {
        this.drafts = drafts;
        this.requests = requests;
        this.access = access;
    }

    /** What was filled in so far. */
    record DraftContent(@NotNull Map<String, @Nullable Object> content) {}

    /** A filter to keep. */
    record NewView(
            @NotBlank @Size(max = 60) String name, @NotNull @Size(max = 4000) String query) {}

    @GetMapping("/draft")
    @Permission("ledger:write")
    ResponseEntity<Drafts.Draft> draft(
            @PathVariable String type, @RequestParam(defaultValue = "") String entry) {
        requests.unmanaged(type);
        return drafts.find(access.actor(), type, entry)
                .map(ResponseEntity::ok)
                .orElseGet(() -> ResponseEntity.noContent().build());
    }

    @PutMapping("/draft")
    @Permission("ledger:write")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void keepDraft(
            @PathVariable String type,
            @RequestParam(defaultValue = "") @Size(max = 40) String entry,
            @Valid @RequestBody DraftContent draft) {
        requests.unmanaged(type);
        drafts.keep(access.actor(), type, entry, draft.content());
    }

    @DeleteMapping("/draft")
    @Permission("ledger:write")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void discardDraft(@PathVariable String type, @RequestParam(defaultValue = "") String entry) {
        drafts.discard(access.actor(), type, entry);
    }

    @GetMapping("/views")
    @Permission("ledger:read")
    List<Drafts.SavedView> views(@PathVariable String type) {
        requests.readable(type);
        return drafts.views(access.actor(), type);
    }

    @PostMapping("/views")
    @Permission("ledger:read")
    @ResponseStatus(HttpStatus.CREATED)
    Drafts.SavedView keepView(@PathVariable String type, @Valid @RequestBody NewView view) {
        requests.readable(type);
        return drafts.keepView(access.actor(), type, view.name().strip(), view.query());
    }

    @DeleteMapping("/views/{id}")
    @Permission("ledger:read")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void discardView(@PathVariable String type, @PathVariable String id) {
        drafts.discardView(access.actor(), type, id);
    }
}
