package cn.tiaoxi.platform.device.web;

import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.device.MqttListener;
import cn.tiaoxi.platform.device.Refusal;
import cn.tiaoxi.platform.device.Reporter;
import cn.tiaoxi.platform.device.Reporters;
import cn.tiaoxi.platform.device.Tally;
import cn.tiaoxi.platform.identity.Permission;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Machines that may report devices. */
@RestController
@RequestMapping("/api/v1/devices")
class ReporterController {
    private final Reporters reporters;
    private final MqttListener mqtt;
    private final Organisations organisations;
    private final MessageSource messages;

    ReporterController(
            Reporters reporters,
            MqttListener mqtt,
            Organisations organisations,
            MessageSource messages) {
        this.reporters = reporters;
        this.mqtt = mqtt;
        this.organisations = organisations;
        this.messages = messages;
    }

    /** A reporter in an answer; its token is never in it. */
    record ReporterView(
            String id,
            String name,
            Organisations.Named organisation,
            String tokenStart,
            Instant created,
            String createdBy,
            @Nullable Instant lastUsed,
            @Nullable Instant revoked,
            long accepted,
            long refused) {}

    /** What became of rows on a day. */
    record TallyView(LocalDate day, String outcome, String name, long rows) {}

    /** A reporter alone. */
    record ReporterDetail(ReporterView reporter, List<TallyView> tallies) {}

    /** A reporter just made; the token is shown this once. */
    record MadeView(ReporterView reporter, String token) {}

    /** A reporter to make. */
    record NewReporter(
            @NotBlank @Size(max = 60) String name, @NotBlank @Size(max = 40) String organisation) {}

    /** The broker in an answer. */
    record BrokerView(
            @Nullable String url,
            String topic,
            @Nullable Instant connected,
            List<TallyView> tallies) {}

    @GetMapping("/reporters")
    @Permission("device:manage")
    Page<ReporterView> list(Slice slice) {
        return reporters.list(slice).map(this::view);
    }

    @GetMapping("/reporters/{id}")
    @Permission("device:manage")
    ReporterDetail one(@PathVariable String id, Locale locale) {
        Reporter reporter = reporters.get(id);
        return new ReporterDetail(
                view(reporter),
                reporters.tallies(reporter).stream().map(t -> view(t, locale)).toList());
    }

    @PostMapping("/reporters")
    @Permission("device:manage")
    ResponseEntity<MadeView> add(@Valid @RequestBody NewReporter wanted) {
        Reporters.Made made = reporters.add(wanted.name(), wanted.organisation());
        return ResponseEntity.created(
                        URI.create("/api/v1/devices/reporters/" + made.reporter().id()))
                .cacheControl(CacheControl.noStore())
                .body(new MadeView(view(made.reporter()), made.token()));
    }

    @DeleteMapping("/reporters/{id}")
    @Permission("device:manage")
    ReporterView revoke(@PathVariable String id) {
        return view(reporters.revoke(id));
    }

    @GetMapping("/broker")
    @Permission("device:manage")
    BrokerView broker(Locale locale) {
        MqttListener.Broker broker = mqtt.broker();
        return new BrokerView(
                broker.url(),
                broker.topic(),
                broker.connected(),
                reporters.brokerTallies().stream().map(t -> view(t, locale)).toList());
    }

    private TallyView view(Tally tally, Locale locale) {
        String key =
                tally.outcome().equals(Tally.ACCEPTED)
                        ? "device.accepted"
                        : Refusal.valueOf(tally.outcome()).key();
        return new TallyView(
                tally.day(),
                tally.outcome(),
                String.valueOf(messages.getMessage(key, null, tally.outcome(), locale)),
                tally.rows());
    }

    private ReporterView view(Reporter reporter) {
        return new ReporterView(
                reporter.id(),
                reporter.name(),
                organisations.named(reporter.organisation()),
                reporter.tokenStart(),
                reporter.created(),
                reporter.createdBy(),
                reporter.lastUsed(),
                reporter.revoked(),
                reporter.accepted(),
                reporter.refused());
    }
}
