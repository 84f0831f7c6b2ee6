package cn.tiaoxi.platform.superior;

import cn.tiaoxi.contract.Wire;
import cn.tiaoxi.platform.evidence.Evidence;
import cn.tiaoxi.platform.evidence.Who;
import cn.tiaoxi.platform.sharing.Hold;
import cn.tiaoxi.platform.sharing.Holds;
import cn.tiaoxi.platform.sharing.Interface;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.JacksonException;

/**
 * Carries out orders from above: each once, in their order, in one transaction with its number and
 * the report of what came of it.
 */
@Component
class OrderWork {
    private final UplinkStore uplinks;
    private final ReceivedOrderStore store;
    private final ReportQueue queue;
    private final Holds holds;
    private final SuperiorNotices notices;
    private final Evidence evidence;
    private final Clock clock;

    OrderWork(
            UplinkStore uplinks,
            ReceivedOrderStore store,
            ReportQueue queue,
            Holds holds,
            SuperiorNotices notices,
            Evidence evidence,
            Clock clock) {
        this.uplinks = uplinks;
        this.store = store;
        this.queue = queue;
        this.holds = holds;
        this.notices = notices;
        this.evidence = evidence;
        this.clock = clock;
    }

    /**
     * Carries out an order, or notes why not; one that was carried out before changes nothing.
     *
     * @throws SuperiorException if it is not signed by the platform above, not for this one, or not
     *     the next
     */
    @Transactional
    public void carryOut(Uplink from, Protocol.SignedOrder signed) {
        if (!SignedMessage.isOrder(from.key(), signed)) {
            throw SuperiorException.notGenuine();
        }
        Protocol.Order order = read(signed.text());
        Uplink uplink = uplinks.lock().orElse(null);
        if (uplink == null
                || !uplink.id().equals(from.id())
                || order.number() <= uplink.lastOrder()) {
            return;
        }
        if (!uplink.id().equals(order.subordinate()) || order.number() != uplink.lastOrder() + 1) {
            throw SuperiorException.notGenuine();
        }
        Instant now = clock.instant();
        OrderResult result = act(uplink, order, now);
        store.add(uplink, order, signed, result, now);
        uplinks.carriedOut(order.number());
        queue.add(
                uplink,
                List.of(
                        new ReportQueue.New(
                                Protocol.Kind.ORDER, Long.toString(order.number()), result)),
                now);
        evidence.changed(
                who(uplink),
                "order.received",
                "uplink:" + uplink.id(),
                Map.of(
                        "number", Long.toString(order.number()),
                        "act", order.act().name(),
                        "interface", order.interfaceId(),
                        "result", result.result().name(),
                        "order", signed.text(),
                        "signature", signed.signature()));
    }

    private static Protocol.Order read(String text) {
        try {
            Protocol.Order order = Wire.JSON.readValue(text, Protocol.Order.class);
            if (order.interfaceId() == null || order.given() == null) {
                throw SuperiorException.notGenuine();
            }
            return order;
        } catch (JacksonException e) {
            throw SuperiorException.notGenuine();
        }
    }

    private static Who who(Uplink uplink) {
        return new Who(uplink.name(), "");
    }

    private OrderResult act(Uplink uplink, Protocol.Order order, Instant now) {
        Protocol.Act act = order.act();
        if (act == null) {
            return OrderResult.refused(order.number(), "ACT_UNKNOWN");
        }
        return switch (act) {
            case SUSPEND ->
                    changed(uplink, order, holds.hold(who(uplink), hold(uplink, order, now)));
            case LIFT ->
                    changed(
                            uplink,
                            order,
                            holds.lift(
                                    who(uplink),
                                    order.interfaceId(),
                                    reference(order),
                                    String.valueOf(order.reason())));
            case OFFER -> {
                Protocol.Offer offer = order.offer();
                if (offer == null || !OfferStore.isWhole(offer)) {
                    yield OrderResult.refused(order.number(), "OFFER_INCOMPLETE");
                }
                store.offer(order, offer, now);
                notices.offered(uplink, order, offer);
                yield OrderResult.applied(order.number());
            }
            case WITHDRAW -> {
                store.withdraw(order.interfaceId(), now);
                yield OrderResult.applied(order.number());
            }
        };
    }

    private static String reference(Protocol.Order order) {
        return Long.toString(order.number());
    }

    private static Hold hold(Uplink uplink, Protocol.Order order, Instant now) {
        return new Hold(
                order.interfaceId(),
                uplink.name(),
                reference(order),
                String.valueOf(order.reason()),
                String.valueOf(order.legalBasis()),
                now,
                order.until());
    }

    private OrderResult changed(
            Uplink uplink, Protocol.Order order, Optional<Interface> concerned) {
        if (concerned.isEmpty()) {
            return OrderResult.refused(order.number(), "INTERFACE_UNKNOWN");
        }
        notices.ordered(uplink, order, concerned.get());
        return OrderResult.applied(order.number());
    }
}
