package cn.tiaoxi.platform.sharing.web;

import cn.tiaoxi.contract.HttpUpstream.Format;
import cn.tiaoxi.contract.HttpUpstream.Method;
import cn.tiaoxi.contract.HttpUpstream.Parameter;
import cn.tiaoxi.contract.PolicySnapshot.FieldType;
import cn.tiaoxi.platform.border.Idempotency;
import cn.tiaoxi.platform.border.Versions;
import cn.tiaoxi.platform.catalogue.FieldAdvice;
import cn.tiaoxi.platform.identity.Access;
import cn.tiaoxi.platform.identity.Permission;
import cn.tiaoxi.platform.sharing.Interface;
import cn.tiaoxi.platform.sharing.NewService;
import cn.tiaoxi.platform.sharing.ServiceDocument;
import cn.tiaoxi.platform.sharing.ServiceProbes;
import cn.tiaoxi.platform.sharing.Services;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Registering departments' own services as interfaces. */
@RestController
@RequestMapping("/api/v1/interfaces")
class ServiceController {
    private final Services services;
    private final ServiceProbes probes;
    private final FieldAdvice advice;
    private final Idempotency idempotency;
    private final Access access;
    private final MessageSource texts;

    ServiceController(
            Services services,
            ServiceProbes probes,
            FieldAdvice advice,
            Idempotency idempotency,
            Access access,
            MessageSource texts) {
        this.services = services;
        this.probes = probes;
        this.advice = advice;
        this.idempotency = idempotency;
        this.access = access;
        this.texts = texts;
    }

    /** An OpenAPI document, JSON or YAML. */
    record Document(@NotBlank String document) {}

    /** What a document says, with grades proposed. */
    record DocumentView(
            String title,
            @Nullable String address,
            List<OperationView> operations,
            List<FieldAdvice.KindChoice> kinds) {}

    /** An operation in an answer. */
    record OperationView(
            Method method,
            String path,
            String summary,
            List<Parameter> parameters,
            Format format,
            List<PlaceView> places,
            List<String> notes,
            boolean usable) {}

    /** A place of records in an answer. */
    record PlaceView(String records, List<FieldView> fields, List<String> around) {}

    /** A field with the grade that is proposed for it. */
    record FieldView(
            String name,
            String label,
            FieldType type,
            String description,
            @Nullable String kind,
            String grade,
            String reason) {}

    /** A service to call, and what to call it with. */
    record Check(@NotNull NewService service, @Nullable Map<String, String> values) {}

    /** Which interface was registered. */
    record Registered(String id, long version) {}

    @PostMapping("/services/read")
    @Permission("interface:publish")
    DocumentView read(@Valid @RequestBody Document given, Locale locale) {
        ServiceDocument document = services.read(given.document());
        return new DocumentView(
                document.title(),
                document.address(),
                document.operations().stream().map(o -> view(o, locale)).toList(),
                advice.kinds());
    }

    private OperationView view(ServiceDocument.Operation operation, Locale locale) {
        return new OperationView(
                operation.method(),
                operation.path(),
                operation.summary(),
                operation.parameters(),
                operation.format(),
                operation.places().stream().map(this::view).toList(),
                operation.notes().stream()
                        .map(n -> texts.getMessage(n.code(), new Object[] {n.about()}, locale))
                        .toList(),
                operation.usable());
    }

    private PlaceView view(ServiceDocument.Place place) {
        return new PlaceView(
                place.records(), place.fields().stream().map(this::view).toList(), place.around());
    }

    private FieldView view(ServiceDocument.Found found) {
        FieldAdvice.Advice proposed = advice.of(found.name(), found.label());
        return new FieldView(
                found.name(),
                found.label(),
                found.type(),
                found.description(),
                proposed.kind(),
                proposed.grade().name(),
                proposed.reason().shown());
    }

    @PostMapping("/services/check")
    @Permission("interface:publish")
    ServiceProbes.Found check(@Valid @RequestBody Check check, Locale locale)
            throws InterruptedException {
        Map<String, String> values = check.values();
        return probes.check(check.service(), values == null ? Map.of() : values, locale);
    }

    @PostMapping("/services")
    @Permission("interface:publish")
    ResponseEntity<Registered> register(
            @RequestBody NewService wanted,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key) {
        Registered made =
                idempotency.once(
                        key,
                        access.actor().username(),
                        "POST /interfaces/services",
                        wanted,
                        Registered.class,
                        () -> registered(services.register(wanted)));
        return ResponseEntity.created(URI.create("/api/v1/interfaces/" + made.id()))
                .eTag("\"" + made.version() + "\"")
                .body(made);
    }

    @PutMapping("/{id}/service")
    @Permission("interface:publish")
    ResponseEntity<Registered> change(
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestBody NewService wanted) {
        Registered changed = registered(services.change(id, Versions.required(ifMatch), wanted));
        return Versions.tagged(changed, changed.version());
    }

    private static Registered registered(Interface each) {
        return new Registered(each.id(), each.version());
    }
}
