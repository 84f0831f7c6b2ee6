package cn.tiaoxi.platform.sharing.web;

import cn.tiaoxi.contract.ExportRule;
import cn.tiaoxi.contract.HttpUpstream;
import cn.tiaoxi.platform.border.Allowed;
import cn.tiaoxi.platform.border.Export;
import cn.tiaoxi.platform.border.Idempotency;
import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.border.Versions;
import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.identity.Access;
import cn.tiaoxi.platform.identity.Permission;
import cn.tiaoxi.platform.sharing.Application;
import cn.tiaoxi.platform.sharing.Applications;
import cn.tiaoxi.platform.sharing.Gateways;
import cn.tiaoxi.platform.sharing.Guides;
import cn.tiaoxi.platform.sharing.Interface;
import cn.tiaoxi.platform.sharing.Interfaces;
import cn.tiaoxi.platform.sharing.Interfaces.WantedExports;
import cn.tiaoxi.platform.sharing.ServedField;
import cn.tiaoxi.platform.sharing.TrialCalls;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Interfaces on the gateway. */
@RestController
@RequestMapping("/api/v1/interfaces")
class InterfaceController {
    private final Interfaces interfaces;
    private final Applications applications;
    private final Guides guides;
    private final TrialCalls trials;
    private final Idempotency idempotency;
    private final Organisations organisations;
    private final Gateways gateways;
    private final Access access;
    private final Clock clock;

    InterfaceController(
            Interfaces interfaces,
            Applications applications,
            Guides guides,
            TrialCalls trials,
            Idempotency idempotency,
            Organisations organisations,
            Gateways gateways,
            Access access,
            Clock clock) {
        this.interfaces = interfaces;
        this.applications = applications;
        this.guides = guides;
        this.trials = trials;
        this.idempotency = idempotency;
        this.organisations = organisations;
        this.gateways = gateways;
        this.access = access;
        this.clock = clock;
    }

    /** The dataset behind an interface. */
    record DatasetRef(String id, String title) {}

    /** An interface in an answer. */
    record InterfaceView(
            String id,
            String name,
            DatasetRef dataset,
            Organisations.Named organisation,
            Interface.State state,
            List<String> keys,
            List<String> ranges,
            @Nullable ExportRule exports,
            List<ServedField> fields,
            long rows,
            int pageLimit,
            String address,
            Instant published,
            String publishedBy,
            long grants,
            @Nullable String error,
            List<Allowed> allowed,
            long version,
            @Nullable ServiceView service) {}

    /** An interface to publish. */
    record NewInterface(
            @Nullable String id,
            @NotBlank String name,
            @NotBlank String dataset,
            @NotNull List<@NotBlank String> keys,
            @NotNull List<@NotBlank String> fields,
            @Nullable Integer pageLimit,
            @Nullable List<@NotBlank String> ranges,
            @Nullable WantedExports exports) {}

    /** Why something is done. */
    record Reason(@Nullable String reason) {}

    /** A call to try. */
    record Trial(
            @Nullable String application,
            @NotNull Map<String, String> parameters,
            @Nullable List<String> fields) {}

    @GetMapping
    @Permission("interface:read")
    @Nullable Page<InterfaceView> list(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String dataset,
            @RequestParam(defaultValue = "") String organisation,
            @RequestParam(defaultValue = "") String state,
            Slice slice,
            Export export) {
        Map<String, Long> grants = interfaces.grants();
        return export.answer(
                "sharing.interfaces",
                slice,
                part ->
                        interfaces
                                .list(q, dataset, organisation, state, part)
                                .map(i -> view(i, grants.getOrDefault(i.id(), 0L))),
                List.of(
                        new Export.Column<>("sharing.column.id", InterfaceView::id),
                        new Export.Column<>("sharing.column.name", InterfaceView::name),
                        new Export.Column<>("sharing.column.dataset", v -> v.dataset().title()),
                        new Export.Column<>(
                                "sharing.column.organisation", v -> v.organisation().name()),
                        new Export.Column<>("sharing.column.state", v -> v.state().name()),
                        new Export.Column<>("sharing.column.rows", InterfaceView::rows)));
    }

    @GetMapping("/{id}")
    @Permission("interface:read")
    ResponseEntity<InterfaceView> one(@PathVariable String id) {
        return answer(interfaces.get(id));
    }

    @PostMapping
    @Permission("interface:publish")
    ResponseEntity<InterfaceView> publish(
            @Valid @RequestBody NewInterface wanted,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key) {
        InterfaceView made =
                idempotency.once(
                        key,
                        access.actor().username(),
                        "POST /interfaces",
                        wanted,
                        InterfaceView.class,
                        () -> view(interfaces.publish(asked(wanted)), 0));
        return ResponseEntity.created(URI.create("/api/v1/interfaces/" + made.id()))
                .eTag("\"" + made.version() + "\"")
                .body(made);
    }

    private static Interfaces.NewInterface asked(NewInterface wanted) {
        return new Interfaces.NewInterface(
                wanted.id() == null || wanted.id().isBlank() ? null : wanted.id().strip(),
                wanted.name(),
                wanted.dataset(),
                wanted.keys(),
                wanted.fields(),
                wanted.pageLimit(),
                wanted.ranges() == null ? List.of() : wanted.ranges(),
                wanted.exports());
    }

    @PostMapping("/{id}/refresh")
    @Permission("interface:publish")
    ResponseEntity<InterfaceView> refresh(
            @PathVariable String id, @RequestBody(required = false) @Nullable Reason reason) {
        return answer(interfaces.refresh(id, text(reason)));
    }

    @PostMapping("/{id}/withdraw")
    @Permission("interface:publish")
    ResponseEntity<InterfaceView> withdraw(
            @PathVariable String id, @RequestBody(required = false) @Nullable Reason reason) {
        return answer(interfaces.withdraw(id, text(reason)));
    }

    @PostMapping("/{id}/restore")
    @Permission("interface:publish")
    ResponseEntity<InterfaceView> restore(
            @PathVariable String id, @RequestBody(required = false) @Nullable Reason reason) {
        return answer(interfaces.restore(id, text(reason)));
    }

    private static String text(@Nullable Reason reason) {
        return reason == null || reason.reason() == null ? "" : reason.reason();
    }

    @GetMapping("/{id}/openapi")
    @Permission("interface:read")
    Map<String, Object> openApi(@PathVariable String id, Locale locale) {
        return guides.openApi(interfaces.get(id), locale);
    }

    @GetMapping("/{id}/samples")
    @Permission("interface:read")
    Guides.Samples samples(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String application,
            @RequestParam(defaultValue = "") String key) {
        return guides.samples(
                interfaces.get(id), application.isBlank() ? null : key(application, key));
    }

    /** The key asked for, else the newest in force. */
    private Application.@Nullable Key key(String application, String wanted) {
        Instant now = clock.instant();
        return applications.get(application).keys().stream()
                .filter(k -> k.state(now) == Application.KeyState.ACTIVE)
                .filter(k -> wanted.isBlank() || k.id().equals(wanted))
                .findFirst()
                .orElse(null);
    }

    @PostMapping("/{id}/trial")
    @Permission("interface:read")
    TrialCalls.Outcome trial(@PathVariable String id, @Valid @RequestBody Trial trial)
            throws InterruptedException {
        List<String> fields = trial.fields();
        return trials.call(
                id,
                new TrialCalls.Trial(
                        trial.application(),
                        trial.parameters(),
                        fields == null ? List.of() : fields));
    }

    private ResponseEntity<InterfaceView> answer(Interface each) {
        long grants = interfaces.grants().getOrDefault(each.id(), 0L);
        return Versions.tagged(view(each, grants), each.version());
    }

    private InterfaceView view(Interface each, long grants) {
        return new InterfaceView(
                each.id(),
                each.name(),
                new DatasetRef(each.dataset(), each.datasetTitle()),
                organisations.named(each.organisation()),
                each.state(),
                each.keys(),
                each.ranges(),
                each.exports(),
                each.fields(),
                each.rows(),
                each.pageLimit(),
                guides.address(each),
                each.published(),
                each.publishedByName(),
                grants,
                each.error(),
                allowed(each),
                each.version(),
                service(each));
    }

    /** Where a service is only its own organisation sees. */
    private @Nullable ServiceView service(Interface each) {
        HttpUpstream service = each.upstream();
        if (service == null) {
            return null;
        }
        boolean inside = access.actor().may("interface:publish", each.organisation());
        return ServiceView.from(service, each.ownSharing(), inside, gateways.services(each.id()));
    }

    private List<Allowed> allowed(Interface each) {
        boolean may = access.actor().may("interface:publish", each.organisation());
        boolean withdrawn = each.state() == Interface.State.WITHDRAWN;
        return List.of(
                Allowed.of("refresh", obstacle(may, !withdrawn && !each.isService())),
                Allowed.of("change", obstacle(may, !withdrawn && each.isService())),
                Allowed.of("withdraw", obstacle(may, !withdrawn)),
                Allowed.of("restore", obstacle(may, withdrawn)),
                Allowed.of(
                        "trial",
                        obstacle(may || access.actor().may("application:manage"), each.isServed())),
                Allowed.of(
                        "request",
                        !access.actor().may("request:create")
                                ? "PERMISSION_MISSING"
                                : Allowed.unless(each.isServed(), "INTERFACE_NOT_LIVE")));
    }

    private static @Nullable String obstacle(boolean may, boolean fits) {
        return may ? Allowed.unless(fits, "INTERFACE_STATE") : "PERMISSION_MISSING";
    }
}
