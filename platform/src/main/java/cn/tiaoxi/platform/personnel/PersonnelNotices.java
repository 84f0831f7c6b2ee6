package cn.tiaoxi.platform.personnel;

import cn.tiaoxi.platform.border.Words;
import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.identity.Access;
import cn.tiaoxi.platform.identity.Actor;
import cn.tiaoxi.platform.identity.People;
import cn.tiaoxi.platform.ledger.Entry;
import cn.tiaoxi.platform.workbench.Messages;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/**
 * Tells those who manage key persons, in the department and in the data office, about access that
 * was taken away or given back, in the transaction of that. Who did it is not told.
 */
@Component
class PersonnelNotices {
    private static final String MANAGE = "personnel:manage";

    private final Messages messages;
    private final MessageSource texts;
    private final People people;
    private final Organisations organisations;
    private final Access access;

    PersonnelNotices(
            Messages messages,
            MessageSource texts,
            People people,
            Organisations organisations,
            Access access) {
        this.messages = messages;
        this.texts = texts;
        this.people = people;
        this.organisations = organisations;
        this.access = access;
    }

    void lost(KeyPerson person, String loss) {
        send(
                "lost",
                loss + ":" + person.reasons(),
                person.organisation(),
                page(person),
                locale ->
                        new Object[] {
                            person.title(),
                            organisation(person.organisation(), locale),
                            inWords(person.reasons(), locale)
                        });
    }

    void restored(KeyPerson person, String loss, String reason) {
        send(
                "restored",
                loss,
                person.organisation(),
                page(person),
                locale ->
                        new Object[] {
                            person.title(), organisation(person.organisation(), locale), reason
                        });
    }

    void vendorLost(Entry vendor, String loss) {
        send(
                "vendorLost",
                loss,
                vendor.organisation(),
                "/ledgers/vendor/" + vendor.id(),
                locale -> new Object[] {vendor.title()});
    }

    /** Reasons as people read them. */
    String inWords(Collection<LossReason> reasons, Locale locale) {
        String between = locale.getLanguage().equals("en") ? ", " : "、";
        return reasons.stream()
                .map(r -> text("personnel.reason." + r.name(), locale))
                .collect(Collectors.joining(between));
    }

    private static String page(KeyPerson person) {
        return "/personnel/" + person.entry();
    }

    private interface Named {
        Object[] in(Locale locale);
    }

    private void send(String what, String about, String organisation, String link, Named named) {
        String key = "personnel.message." + what;
        Words title = words(key + ".title", named);
        Words text = words(key + ".text", named);
        String actor = access.find().map(Actor::username).orElse("");
        people.holders(MANAGE, organisation).stream()
                .filter(p -> !p.equals(actor))
                .forEach(
                        p ->
                                messages.send(
                                        p, "personnel." + what + ":" + about, title, text, link));
    }

    private Words words(String key, Named named) {
        return new Words(
                text(key, Locale.SIMPLIFIED_CHINESE, named.in(Locale.SIMPLIFIED_CHINESE)),
                text(key, Locale.ENGLISH, named.in(Locale.ENGLISH)));
    }

    private String text(String key, Locale locale, Object... named) {
        return texts.getMessage(key, named, locale);
    }

    private String organisation(String code, Locale locale) {
        return organisations.find(code).map(o -> o.name().in(locale)).orElse(code);
    }
}
