package cn.tiaoxi.platform.sharing.web;

import cn.tiaoxi.contract.PolicySnapshot.Algorithm;
import cn.tiaoxi.platform.border.Allowed;
import cn.tiaoxi.platform.border.BorderException;
import cn.tiaoxi.platform.border.Export;
import cn.tiaoxi.platform.border.Idempotency;
import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.border.Versions;
import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.identity.Access;
import cn.tiaoxi.platform.identity.Permission;
import cn.tiaoxi.platform.ledger.Ledger;
import cn.tiaoxi.platform.personnel.Personnel;
import cn.tiaoxi.platform.personnel.PersonnelTerms;
import cn.tiaoxi.platform.sharing.Application;
import cn.tiaoxi.platform.sharing.Applications;
import cn.tiaoxi.platform.sharing.ShownCertificate;
import cn.tiaoxi.platform.sharing.Suspension;
import cn.tiaoxi.platform.sharing.Suspensions;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Applications that call, and their keys. */
@RestController
@RequestMapping("/api/v1/applications")
class ApplicationController {
    private final Applications applications;
    private final Suspensions suspensions;
    private final Personnel personnel;
    private final PersonnelTerms terms;
    private final Ledger ledger;
    private final Idempotency idempotency;
    private final Organisations organisations;
    private final Access access;
    private final Clock clock;

    ApplicationController(
            Applications applications,
            Suspensions suspensions,
            Personnel personnel,
            PersonnelTerms terms,
            Ledger ledger,
            Idempotency idempotency,
            Organisations organisations,
            Access access,
            Clock clock) {
        this.applications = applications;
        this.suspensions = suspensions;
        this.personnel = personnel;
        this.terms = terms;
        this.ledger = ledger;
        this.idempotency = idempotency;
        this.organisations = organisations;
        this.access = access;
        this.clock = clock;
    }

    /** A key in an answer; what is secret is never in it. */
    record KeyView(
            String id,
            String algorithm,
            Instant created,
            Instant notBefore,
            @Nullable Instant notAfter,
            @Nullable Instant lastUsed,
            @Nullable String madeBy,
            Application.KeyState state,
            List<String> addresses,
            boolean weak,
            @Nullable ShownCertificate certificate) {}

    /** Why an application may not call for the time being. */
    record SuspensionView(String reason, Instant since) {}

    /** An entry of a ledger by its title. */
    record Titled(String id, String title, String link) {}

    /** Who answers for an application's keys, and which entry of the ledger it is. */
    record AnswerForm(
            @Nullable @Size(max = 36) String entry,
            @Nullable @Size(max = 36) String responsible,
            @NotBlank @Size(max = 1000) String reason) {}

    /** An application in an answer. */
    record ApplicationView(
            String id,
            String name,
            String description,
            Organisations.Named organisation,
            boolean active,
            boolean trial,
            List<KeyView> keys,
            long grants,
            Instant created,
            @Nullable Titled entry,
            @Nullable Titled responsible,
            @Nullable SuspensionView suspension,
            List<Allowed> allowed,
            long version) {}

    /** An application to register. */
    record NewApplication(@NotBlank String name, @Nullable String description) {}

    /** What to change; fields left out stay as they are. */
    record ApplicationChange(
            @Nullable String name, @Nullable String description, @Nullable Boolean active) {}

    /** A key to add. */
    record NewKey(
            @NotBlank String algorithm,
            @Nullable @Size(max = 20_000) String publicKey,
            @Nullable List<@NotBlank @Size(max = 64) String> addresses) {}

    /** What to change of a key; fields left out stay as they are. */
    record KeyChange(
            @Nullable List<@NotBlank @Size(max = 64) String> addresses,
            @Nullable Boolean switchedOff) {}

    /** A key just made; secret and private key are shown this once. */
    record MadeKeyView(KeyView key, @Nullable String secret, @Nullable String privateKey) {}

    @GetMapping
    @Permission("application:read")
    @Nullable Page<ApplicationView> list(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String organisation,
            Slice slice,
            Export export) {
        Map<String, Long> grants = applications.grants();
        return export.answer(
                "sharing.applications",
                slice,
                part ->
                        applications
                                .list(q, organisation, part)
                                .map(a -> view(a, grants.getOrDefault(a.id(), 0L))),
                List.of(
                        new Export.Column<>("sharing.column.name", ApplicationView::name),
                        new Export.Column<>(
                                "sharing.column.description", ApplicationView::description),
                        new Export.Column<>(
                                "sharing.column.organisation", v -> v.organisation().name()),
                        new Export.Column<>("sharing.grants", ApplicationView::grants)));
    }

    @GetMapping("/{id}")
    @Permission("application:read")
    ResponseEntity<ApplicationView> one(@PathVariable String id) {
        return answer(applications.get(id));
    }

    @PostMapping
    @Permission("application:manage")
    ResponseEntity<ApplicationView> add(
            @Valid @RequestBody NewApplication wanted,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key) {
        String description = wanted.description();
        ApplicationView made =
                idempotency.once(
                        key,
                        access.actor().username(),
                        "POST /applications",
                        wanted,
                        ApplicationView.class,
                        () ->
                                view(
                                        applications.add(
                                                wanted.name(),
                                                description == null ? "" : description),
                                        0));
        return ResponseEntity.created(URI.create("/api/v1/applications/" + made.id()))
                .eTag("\"" + made.version() + "\"")
                .body(made);
    }

    @PatchMapping("/{id}")
    @Permission("application:manage")
    ResponseEntity<ApplicationView> change(
            @PathVariable String id,
            @Valid @RequestBody ApplicationChange change,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        return answer(
                applications.change(
                        id,
                        change.name(),
                        change.description(),
                        change.active(),
                        Versions.required(ifMatch)));
    }

    @PutMapping("/{id}/responsible")
    @Permission("application:manage")
    ResponseEntity<ApplicationView> answer(
            @PathVariable String id,
            @Valid @RequestBody AnswerForm given,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        return answer(
                suspensions.answer(
                        id,
                        blank(given.entry()),
                        blank(given.responsible()),
                        given.reason(),
                        Versions.required(ifMatch)));
    }

    @PostMapping("/{id}/keys")
    @Permission("application:manage")
    ResponseEntity<MadeKeyView> addKey(@PathVariable String id, @Valid @RequestBody NewKey wanted) {
        List<String> addresses = wanted.addresses();
        Applications.MadeKey made =
                applications.addKey(
                        id,
                        algorithm(wanted.algorithm()),
                        blank(wanted.publicKey()),
                        addresses == null ? List.of() : addresses);
        return ResponseEntity.status(HttpStatus.CREATED)
                .cacheControl(CacheControl.noStore())
                .body(new MadeKeyView(view(made.key()), made.secret(), made.privateKey()));
    }

    private static @Nullable String blank(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }

    private static Algorithm algorithm(String name) {
        for (Algorithm each : Algorithm.values()) {
            if (each.registeredName().equals(name)) {
                return each;
            }
        }
        throw BorderException.invalid("algorithm", "sharing.algorithm");
    }

    @PatchMapping("/{id}/keys/{key}")
    @Permission("application:manage")
    ResponseEntity<ApplicationView> changeKey(
            @PathVariable String id,
            @PathVariable String key,
            @Valid @RequestBody KeyChange change) {
        return answer(applications.changeKey(id, key, change.addresses(), change.switchedOff()));
    }

    @DeleteMapping("/{id}/keys/{key}")
    @Permission("application:manage")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revokeKey(@PathVariable String id, @PathVariable String key) {
        applications.revokeKey(id, key);
    }

    private ResponseEntity<ApplicationView> answer(Application application) {
        long grants = applications.grants().getOrDefault(application.id(), 0L);
        return Versions.tagged(view(application, grants), application.version());
    }

    private ApplicationView view(Application application, long grants) {
        boolean may = access.actor().may("application:manage", application.organisation());
        String obstacle =
                may
                        ? Allowed.unless(!application.trial(), "APPLICATION_TRIAL")
                        : "PERMISSION_MISSING";
        Suspension suspension = application.suspension();
        return new ApplicationView(
                application.id(),
                application.name(),
                application.description(),
                organisations.named(application.organisation()),
                application.active(),
                application.trial(),
                application.keys().stream().map(this::view).toList(),
                grants,
                application.created(),
                entry(application),
                responsible(application),
                suspension == null
                        ? null
                        : new SuspensionView(suspension.reason().shown(), suspension.since()),
                List.of(Allowed.of("change", obstacle), Allowed.of("keys", obstacle)),
                application.version());
    }

    private @Nullable Titled entry(Application application) {
        String entry = application.entry();
        return entry == null
                ? null
                : ledger.find(terms.application().ledger(), entry)
                        .map(e -> new Titled(e.id(), e.title(), ledger.link(e)))
                        .orElse(null);
    }

    private @Nullable Titled responsible(Application application) {
        String person = application.responsible();
        return person == null
                ? null
                : personnel.all(List.of(person)).stream()
                        .findFirst()
                        .map(p -> new Titled(person, p.title(), "/personnel/" + person))
                        .orElse(null);
    }

    private KeyView view(Application.Key key) {
        return new KeyView(
                key.id(),
                key.algorithm().registeredName(),
                key.created(),
                key.notBefore(),
                key.notAfter(),
                key.lastUsed(),
                key.madeBy(),
                key.state(clock.instant()),
                key.addresses(),
                key.algorithm().weak(),
                key.certificate());
    }
}
