package cn.tiaoxi.platform.investigation;

import cn.tiaoxi.platform.border.Words;
import cn.tiaoxi.platform.identity.People;
import cn.tiaoxi.platform.investigation.Investigation.State;
import cn.tiaoxi.platform.workbench.Messages;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Tells people what concerns them about investigations, in the transaction of the change. */
@Component
class InvestigationNotices {
    private final Messages messages;
    private final MessageSource texts;
    private final People people;

    InvestigationNotices(Messages messages, MessageSource texts, People people) {
        this.messages = messages;
        this.texts = texts;
        this.people = people;
    }

    /** Asks those who may consent, without the one who asks. */
    void wanted(Investigation each) {
        Set<String> told =
                new HashSet<>(people.holders(Investigations.CONSENT, each.organisation()));
        told.remove(each.openedBy());
        told.forEach(person -> tell(person, each, "wanted"));
    }

    /** Tells the one who asks that it was decided, or that it has ended. */
    void moved(Investigation each, State state) {
        switch (state) {
            case WAITING -> tell(each.openedBy(), each, "agreed");
            case REFUSED -> tell(each.openedBy(), each, "refused");
            case DONE -> tell(each.openedBy(), each, "done");
            case FAILED -> tell(each.openedBy(), each, "failed");
            default -> {}
        }
    }

    private void tell(String person, Investigation each, String what) {
        messages.send(
                person,
                "investigation:" + each.id() + ":" + what,
                words(what + ".title", each),
                words(what + ".text", each),
                "/trace/investigations/" + each.id());
    }

    private Words words(String key, Investigation each) {
        Object[] named = {
            Long.toString(each.number()), each.openedByName(), each.reason(), each.basis()
        };
        String full = "investigation.message." + key;
        return new Words(
                texts.getMessage(full, named, Locale.SIMPLIFIED_CHINESE),
                texts.getMessage(full, named, Locale.ENGLISH));
    }
}
