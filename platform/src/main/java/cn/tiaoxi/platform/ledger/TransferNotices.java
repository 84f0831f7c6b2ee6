package cn.tiaoxi.platform.ledger;

import cn.tiaoxi.platform.border.Words;
import cn.tiaoxi.platform.city.Organisation;
import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.identity.People;
import cn.tiaoxi.platform.workbench.Messages;
import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Tells the taker's people that an entry waits for them, and who offered it what they decided; in
 * the transaction of the change.
 */
@Component
class TransferNotices {
    private static final String WAITING_PAGE = "/ledgers/transfers";

    private final Messages messages;
    private final MessageSource texts;
    private final Ledger ledger;
    private final People people;
    private final Organisations organisations;

    TransferNotices(
            Messages messages,
            MessageSource texts,
            Ledger ledger,
            People people,
            Organisations organisations) {
        this.messages = messages;
        this.texts = texts;
        this.ledger = ledger;
        this.people = people;
        this.organisations = organisations;
    }

    @EventListener
    void changed(TransferChanged event) {
        Transfer transfer = event.transfer();
        switch (event.step()) {
            case ASKED -> {
                String permission = ledger.type(transfer.entry().type()).writePermission();
                people.holders(permission, transfer.taker()).stream()
                        .filter(p -> !p.equals(event.by()))
                        .forEach(p -> send(p, "asked", transfer, WAITING_PAGE));
            }
            case ACCEPTED ->
                    send(
                            transfer.askedByUsername(),
                            "accepted",
                            transfer,
                            ledger.link(transfer.entry()));
            case DECLINED ->
                    send(
                            transfer.askedByUsername(),
                            "declined",
                            transfer,
                            ledger.link(transfer.entry()));
        }
    }

    private void send(String to, String what, Transfer transfer, String link) {
        String key = "ledger.transfer." + what;
        messages.send(
                to,
                key + ":" + transfer.id(),
                words(key + ".title", transfer),
                words(key + ".text", transfer),
                link);
    }

    private Words words(String key, Transfer transfer) {
        return new Words(text(key, transfer, Locale.CHINESE), text(key, transfer, Locale.ENGLISH));
    }

    private String text(String key, Transfer transfer, Locale locale) {
        return texts.getMessage(
                key,
                new Object[] {
                    transfer.entry().title(),
                    name(transfer.giver(), locale),
                    name(transfer.taker(), locale),
                    transfer.reason()
                },
                locale);
    }

    private String name(String organisation, Locale locale) {
        return organisations
                .find(organisation)
                .map(Organisation::name)
                .map(n -> n.in(locale))
                .orElse(organisation);
    }
}
