package cn.tiaoxi.platform.superior.web;

import cn.tiaoxi.platform.border.Export;
import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.identity.Permission;
import cn.tiaoxi.platform.sharing.Hold;
import cn.tiaoxi.platform.sharing.Holds;
import cn.tiaoxi.platform.superior.OfferedInterface;
import cn.tiaoxi.platform.superior.Offers;
import cn.tiaoxi.platform.superior.ReceivedOrder;
import cn.tiaoxi.platform.superior.Uplink;
import cn.tiaoxi.platform.superior.Uplinks;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The platform above, for people: connecting, how far it is behind, its orders and offers. */
@RestController
@RequestMapping("/api/v1/uplink")
class UplinkController {
    private final Uplinks uplinks;
    private final Offers offers;
    private final Holds holds;
    private final Clock clock;

    UplinkController(Uplinks uplinks, Offers offers, Holds holds, Clock clock) {
        this.uplinks = uplinks;
        this.offers = offers;
        this.holds = holds;
        this.clock = clock;
    }

    /**
     * How this platform and the one above stand.
     *
     * @param ownPrint print of this platform's key
     * @param uplink the platform above, or null
     */
    record State(String ownPrint, @Nullable UplinkView uplink) {}

    /** The platform above in an answer. */
    record UplinkView(
            String address,
            String id,
            String name,
            String print,
            Instant connected,
            String connectedBy,
            long lastNumber,
            long acknowledged,
            long lastOrder,
            @Nullable Instant reached,
            int failures,
            @Nullable String error,
            Uplinks.Lag lag,
            Map<String, Long> waiting) {}

    /** Where the platform above is, and the code made there. */
    record Connection(@Nullable String address, @Nullable String code) {
        @Override
        public String toString() {
            return "Connection[" + address + "]";
        }
    }

    /** As what an offered interface is taken over, and by whom. */
    record Taking(@Nullable String id, @Nullable String organisation) {}

    @GetMapping
    @Permission("uplink:read")
    State state() {
        return new State(uplinks.ownPrint(), uplinks.find().map(this::view).orElse(null));
    }

    private UplinkView view(Uplink uplink) {
        return new UplinkView(
                uplink.address().toString(),
                uplink.id(),
                uplink.name(),
                uplink.print(),
                uplink.connected(),
                uplink.connectedBy(),
                uplink.lastNumber(),
                uplink.acknowledged(),
                uplink.lastOrder(),
                uplink.reached(),
                uplink.failures(),
                uplink.error(),
                uplinks.lag(),
                uplinks.waiting());
    }

    @PostMapping
    @Permission("uplink:manage")
    State connect(@RequestBody Connection wanted) {
        uplinks.connect(wanted.address(), wanted.code());
        return state();
    }

    @DeleteMapping
    @Permission("uplink:manage")
    State disconnect(@RequestParam(defaultValue = "") String reason) {
        uplinks.disconnect(reason);
        return state();
    }

    /** The suspension of an interface by another authority, or nothing. */
    @GetMapping("/holds")
    @Permission("interface:read")
    List<Hold> holds(@RequestParam(name = "interface") String interfaceId) {
        return holds.find(interfaceId).filter(h -> h.holds(clock.instant())).stream().toList();
    }

    @GetMapping("/orders")
    @Permission("uplink:read")
    @Nullable Page<ReceivedOrder> orders(Slice slice, Export export) {
        return export.answer(
                "superior.orders",
                slice,
                uplinks::orders,
                List.of(
                        new Export.Column<>("superior.column.number", ReceivedOrder::number),
                        new Export.Column<>("superior.column.act", ReceivedOrder::act),
                        new Export.Column<>(
                                "superior.column.interface", ReceivedOrder::interfaceId),
                        new Export.Column<>("superior.column.reason", ReceivedOrder::reason),
                        new Export.Column<>("superior.column.basis", ReceivedOrder::legalBasis),
                        new Export.Column<>("superior.column.given", ReceivedOrder::given),
                        new Export.Column<>("superior.column.result", ReceivedOrder::result)));
    }

    @GetMapping("/offers")
    @Permission("uplink:read")
    List<OfferedInterface> offers() {
        return offers.all();
    }

    @PostMapping("/offers/{id}/taking")
    @Permission("uplink:manage")
    OfferedInterface take(@PathVariable String id, @RequestBody Taking wanted) {
        return offers.take(id, wanted.id(), wanted.organisation());
    }
}
