package cn.tiaoxi.platform.superior;

import cn.tiaoxi.contract.HttpUpstream;
import cn.tiaoxi.contract.PolicySnapshot.FieldType;
import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.evidence.Evidence;
import cn.tiaoxi.platform.identity.Access;
import cn.tiaoxi.platform.identity.Actor;
import cn.tiaoxi.platform.sharing.Interface;
import cn.tiaoxi.platform.sharing.NewService;
import cn.tiaoxi.platform.sharing.ServedField;
import cn.tiaoxi.platform.sharing.Services;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Interfaces of the platform above, and taking them over as services of this city. */
@Service
public class Offers {
    private final OfferStore store;
    private final Services services;
    private final OwnKeys keys;
    private final Organisations organisations;
    private final Evidence evidence;
    private final Access access;
    private final Clock clock;

    Offers(
            OfferStore store,
            Services services,
            OwnKeys keys,
            Organisations organisations,
            Evidence evidence,
            Access access,
            Clock clock) {
        this.store = store;
        this.services = services;
        this.keys = keys;
        this.organisations = organisations;
        this.evidence = evidence;
        this.access = access;
        this.clock = clock;
    }

    /** All that was offered, the last first. */
    public List<OfferedInterface> all() {
        return store.all();
    }

    /**
     * Publishes an offered interface here: the gateways ask the platform above, each call signed
     * with this platform's key for calls, and its fields and grades are those that were offered.
     *
     * @param as identifier here, or null to have one made
     * @param organisation who answers for it here, or null for the person's own
     * @throws SuperiorException if it was withdrawn or is taken over already
     */
    @Transactional
    public OfferedInterface take(String id, @Nullable String as, @Nullable String organisation) {
        Actor actor = access.require(Uplinks.MANAGE, organisations.top().code());
        OfferedInterface offer =
                store.lock(id).orElseThrow(() -> SuperiorException.offerNotFound(id));
        if (offer.withdrawn() != null || offer.takenAs() != null) {
            throw SuperiorException.offerState(offer.name());
        }
        Interface made =
                services.relay(
                        service(offer, as, organisation), offer.keyId(), keys.calls().secret());
        store.taken(id, made.id(), actor.name(), clock.instant());
        evidence.changed(
                actor.who(),
                "offer.taken",
                "interface:" + made.id(),
                Map.of("offered", id, "order", Long.toString(offer.number())));
        return store.lock(id).orElseThrow();
    }

    private static NewService service(
            OfferedInterface offer, @Nullable String as, @Nullable String organisation) {
        URI address = URI.create(offer.address());
        String path = address.getRawPath();
        return new NewService(
                as == null || as.isBlank() ? null : as.strip(),
                offer.name(),
                null,
                organisation,
                "CONDITIONAL",
                offer.address().substring(0, offer.address().length() - path.length()),
                HttpUpstream.Method.GET,
                path,
                parameters(offer),
                HttpUpstream.Format.JSON,
                "/rows",
                List.of("/next"),
                offer.fields(),
                null,
                2,
                50,
                null,
                null,
                null,
                null);
    }

    private static List<NewService.NewParameter> parameters(OfferedInterface offer) {
        List<NewService.NewParameter> all = new ArrayList<>();
        for (String key : offer.keys()) {
            FieldType type =
                    offer.fields().stream()
                            .filter(f -> f.name().equals(key))
                            .map(ServedField::type)
                            .findFirst()
                            .orElse(FieldType.TEXT);
            all.add(parameter(key, type));
        }
        all.add(parameter("limit", FieldType.INTEGER));
        all.add(parameter("after", FieldType.TEXT));
        return all;
    }

    private static NewService.NewParameter parameter(String name, FieldType type) {
        return new NewService.NewParameter(
                name,
                HttpUpstream.Place.QUERY,
                false,
                type,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }
}
