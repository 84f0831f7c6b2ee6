package cn.tiaoxi.platform.superior;

import cn.tiaoxi.platform.border.Words;
import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.identity.People;
import cn.tiaoxi.platform.sharing.Interface;
import cn.tiaoxi.platform.workbench.Messages;
import java.util.HashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Tells owners and the data office what the platform above ordered, in its transaction. */
@Component
class SuperiorNotices {
    private final Messages messages;
    private final MessageSource texts;
    private final People people;
    private final Organisations organisations;

    SuperiorNotices(
            Messages messages, MessageSource texts, People people, Organisations organisations) {
        this.messages = messages;
        this.texts = texts;
        this.people = people;
        this.organisations = organisations;
    }

    /** An interface was suspended, or its suspension lifted. */
    void ordered(Uplink uplink, Protocol.Order order, Interface concerned) {
        Set<String> told = new HashSet<>(office());
        told.addAll(people.holders("interface:publish", concerned.organisation()));
        tell(
                told,
                uplink,
                order,
                order.act() == Protocol.Act.SUSPEND ? "suspended" : "lifted",
                "/interfaces/" + concerned.id(),
                concerned.name());
    }

    /** An interface is offered. */
    void offered(Uplink uplink, Protocol.Order order, Protocol.Offer offer) {
        tell(office(), uplink, order, "offered", "/uplink", offer.name());
    }

    private Set<String> office() {
        return people.holders(Uplinks.MANAGE, organisations.top().code());
    }

    private void tell(
            Set<String> told,
            Uplink uplink,
            Protocol.Order order,
            String what,
            String link,
            String name) {
        Object[] named = {
            name,
            uplink.name(),
            Objects.requireNonNullElse(order.reason(), ""),
            Objects.requireNonNullElse(order.legalBasis(), "")
        };
        String key = "superior.message." + what;
        String about = "superior." + uplink.id() + ":" + order.number();
        for (String username : told) {
            messages.send(
                    username,
                    about,
                    words(key + ".title", named),
                    words(key + ".text", named),
                    link);
        }
    }

    private Words words(String key, Object[] named) {
        return new Words(
                texts.getMessage(key, named, Locale.SIMPLIFIED_CHINESE),
                texts.getMessage(key, named, Locale.ENGLISH));
    }
}
