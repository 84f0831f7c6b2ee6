package cn.tiaoxi.platform.superior.web;

import cn.tiaoxi.platform.border.Export;
import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.identity.Permission;
import cn.tiaoxi.platform.superior.Inbox;
import cn.tiaoxi.platform.superior.Protocol;
import cn.tiaoxi.platform.superior.Reported;
import cn.tiaoxi.platform.superior.SentOrder;
import cn.tiaoxi.platform.superior.SentOrders;
import cn.tiaoxi.platform.superior.Subordinate;
import cn.tiaoxi.platform.superior.Subordinates;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Platforms below, for people: inviting them, what they report, what is ordered. */
@RestController
@RequestMapping("/api/v1/subordinates")
class SubordinateController {
    private static final String READ = "subordinate:read";
    private static final String MANAGE = "subordinate:manage";

    private final Subordinates subordinates;
    private final Inbox inbox;
    private final SentOrders orders;

    SubordinateController(Subordinates subordinates, Inbox inbox, SentOrders orders) {
        this.subordinates = subordinates;
        this.inbox = inbox;
        this.orders = orders;
    }

    /** A subordinate in an answer. */
    record SubordinateView(
            String id,
            String name,
            String division,
            Subordinate.State state,
            Instant created,
            String createdBy,
            Instant codeExpires,
            @Nullable String print,
            @Nullable String software,
            @Nullable Instant enrolled,
            @Nullable Instant seen,
            long received,
            long lastOrder,
            @Nullable String application) {
        static SubordinateView from(Subordinate one) {
            return new SubordinateView(
                    one.id(),
                    one.name(),
                    one.division(),
                    one.state(),
                    one.created(),
                    one.createdByName(),
                    one.codeExpires(),
                    one.print(),
                    one.software(),
                    one.enrolled(),
                    one.seen(),
                    one.received(),
                    one.lastOrder(),
                    one.application());
        }
    }

    /** A subordinate with its enrolment code, which is shown only now. */
    record InvitedView(SubordinateView subordinate, String code, String print) {
        static InvitedView from(Subordinates.Invited made) {
            return new InvitedView(
                    SubordinateView.from(made.subordinate()), made.code(), made.print());
        }

        @Override
        public String toString() {
            return "InvitedView";
        }
    }

    /** Who is invited. */
    record Invitation(@Nullable String name, @Nullable String division) {}

    /** Why something is done. */
    record ReasonForm(@Nullable String reason) {}

    /** As what a subordinate calls. */
    record CallerForm(@Nullable String application) {}

    /** What is ordered. */
    record OrderForm(
            Protocol.@Nullable Act act,
            @Nullable String interfaceId,
            @Nullable String reason,
            @Nullable String legalBasis,
            @Nullable Instant until) {}

    @GetMapping
    @Permission(READ)
    @Nullable Page<SubordinateView> list(
            @RequestParam(defaultValue = "") String q, Slice slice, Export export) {
        return export.answer(
                "superior.subordinates",
                slice,
                part -> subordinates.list(q, part).map(SubordinateView::from),
                List.of(
                        new Export.Column<>("superior.column.name", SubordinateView::name),
                        new Export.Column<>("superior.column.division", SubordinateView::division),
                        new Export.Column<>("superior.column.state", SubordinateView::state),
                        new Export.Column<>("superior.column.enrolled", SubordinateView::enrolled),
                        new Export.Column<>("superior.column.seen", SubordinateView::seen)));
    }

    @PostMapping
    @Permission(MANAGE)
    @ResponseStatus(HttpStatus.CREATED)
    InvitedView invite(@RequestBody Invitation wanted) {
        return InvitedView.from(subordinates.invite(wanted.name(), wanted.division()));
    }

    @GetMapping("/{id}")
    @Permission(READ)
    SubordinateView one(@PathVariable String id) {
        return SubordinateView.from(subordinates.get(id));
    }

    @PostMapping("/{id}/code")
    @Permission(MANAGE)
    InvitedView again(@PathVariable String id) {
        return InvitedView.from(subordinates.inviteAgain(id));
    }

    @PostMapping("/{id}/revocation")
    @Permission(MANAGE)
    SubordinateView revoke(@PathVariable String id, @RequestBody ReasonForm form) {
        return SubordinateView.from(subordinates.revoke(id, form.reason()));
    }

    @PostMapping("/{id}/application")
    @Permission(MANAGE)
    SubordinateView callsAs(@PathVariable String id, @RequestBody CallerForm form) {
        return SubordinateView.from(subordinates.callsAs(id, form.application()));
    }

    @GetMapping("/{id}/reported")
    @Permission(READ)
    @Nullable Page<Reported> reported(
            @PathVariable String id,
            @RequestParam(defaultValue = "CATALOGUE") Inbox.Shown kind,
            @RequestParam(defaultValue = "") String q,
            Slice slice,
            Export export) {
        String known = subordinates.get(id).id();
        return export.answer(
                "superior.reported",
                slice,
                part -> inbox.list(known, kind, q, part),
                List.of(
                        new Export.Column<>("superior.column.id", Reported::id),
                        new Export.Column<>("superior.column.title", Reported::title),
                        new Export.Column<>("superior.column.organisation", Reported::organisation),
                        new Export.Column<>("superior.column.state", Reported::state),
                        new Export.Column<>("superior.column.time", Reported::time)));
    }

    @GetMapping("/{id}/traffic")
    @Permission(READ)
    List<Reported.Day> traffic(@PathVariable String id) {
        return inbox.days(subordinates.get(id).id());
    }

    @GetMapping("/{id}/orders")
    @Permission(READ)
    @Nullable Page<SentOrder> orders(@PathVariable String id, Slice slice, Export export) {
        String known = subordinates.get(id).id();
        return export.answer(
                "superior.orders",
                slice,
                part -> orders.list(known, part),
                List.of(
                        new Export.Column<>("superior.column.number", SentOrder::number),
                        new Export.Column<>("superior.column.act", SentOrder::act),
                        new Export.Column<>("superior.column.interface", SentOrder::interfaceId),
                        new Export.Column<>("superior.column.reason", SentOrder::reason),
                        new Export.Column<>("superior.column.basis", SentOrder::legalBasis),
                        new Export.Column<>("superior.column.given", SentOrder::given),
                        new Export.Column<>("superior.column.result", SentOrder::result)));
    }

    @PostMapping("/{id}/orders")
    @Permission(MANAGE)
    @ResponseStatus(HttpStatus.CREATED)
    SubordinateView order(@PathVariable String id, @RequestBody OrderForm form) {
        orders.give(
                subordinates.get(id).id(),
                new SentOrders.Wanted(
                        form.act(),
                        form.interfaceId(),
                        form.reason(),
                        form.legalBasis(),
                        form.until()));
        return SubordinateView.from(subordinates.get(id));
    }
}
