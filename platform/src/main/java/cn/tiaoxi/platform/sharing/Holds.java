package cn.tiaoxi.platform.sharing;

import cn.tiaoxi.platform.evidence.Evidence;
import cn.tiaoxi.platform.evidence.Who;
import cn.tiaoxi.platform.search.SearchChanged;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Suspends interfaces because another authority orders it. Gateways refuse such an interface
 * whatever its own state is; publishing, refreshing or restoring it here lifts nothing.
 */
@Service
public class Holds {
    private final HoldStore store;
    private final InterfaceStore interfaces;
    private final Policies policies;
    private final Evidence evidence;
    private final ApplicationEventPublisher events;

    Holds(
            HoldStore store,
            InterfaceStore interfaces,
            Policies policies,
            Evidence evidence,
            ApplicationEventPublisher events) {
        this.store = store;
        this.interfaces = interfaces;
        this.policies = policies;
        this.evidence = evidence;
        this.events = events;
    }

    /** The suspension of an interface, if there is one. */
    public Optional<Hold> find(String interfaceId) {
        return store.find(interfaceId);
    }

    /**
     * Suspends an interface in the transaction under way; gateways refuse it from its commit on. A
     * later order takes the place of one before.
     *
     * @return the interface, or empty if there is none of that identifier
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<Interface> hold(Who who, Hold hold) {
        Optional<Interface> found = interfaces.lock(hold.interfaceId());
        if (found.isPresent()) {
            store.put(hold);
            Map<String, String> detail = new TreeMap<>();
            detail.put("authority", hold.authority());
            detail.put("reference", hold.reference());
            detail.put("reason", hold.reason());
            detail.put("legalBasis", hold.legalBasis());
            detail.put("until", hold.until() == null ? "" : hold.until().toString());
            note(who, "held", hold.interfaceId(), detail);
        }
        return found;
    }

    /**
     * Ends the suspension of an interface, if it is suspended, in the transaction under way.
     *
     * @return the interface, or empty if there is none of that identifier
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<Interface> lift(Who who, String interfaceId, String reference, String reason) {
        Optional<Interface> found = interfaces.lock(interfaceId);
        if (found.isPresent() && store.remove(interfaceId)) {
            note(who, "released", interfaceId, Map.of("reference", reference, "reason", reason));
        }
        return found;
    }

    private void note(Who who, String action, String id, Map<String, String> detail) {
        policies.changed();
        evidence.changed(who, "interface." + action, "interface:" + id, detail);
        events.publishEvent(new InterfaceChanged(id));
        events.publishEvent(new SearchChanged(InterfaceSearch.KIND, id));
    }
}
