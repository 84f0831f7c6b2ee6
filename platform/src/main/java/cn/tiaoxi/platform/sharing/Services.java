package cn.tiaoxi.platform.sharing;

import cn.tiaoxi.contract.HttpUpstream;
import cn.tiaoxi.contract.HttpUpstream.Credential;
import cn.tiaoxi.contract.HttpUpstream.Parameter;
import cn.tiaoxi.contract.HttpUpstream.Signing;
import cn.tiaoxi.platform.border.BorderException;
import cn.tiaoxi.platform.border.Versions;
import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.evidence.Evidence;
import cn.tiaoxi.platform.identity.Access;
import cn.tiaoxi.platform.identity.Actor;
import cn.tiaoxi.platform.ledger.Author;
import cn.tiaoxi.platform.search.SearchChanged;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Registers departments' own HTTP services as interfaces. */
@Service
public class Services {
    private static final Set<String> SHARING = Set.of("UNCONDITIONAL", "CONDITIONAL", "NONE");

    private final InterfaceStore store;
    private final SharedDatasets datasets;
    private final Organisations organisations;
    private final InterfaceLedger ledger;
    private final GatewayKeys keys;
    private final Policies policies;
    private final Evidence evidence;
    private final Access access;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Services(
            InterfaceStore store,
            SharedDatasets datasets,
            Organisations organisations,
            InterfaceLedger ledger,
            GatewayKeys keys,
            Policies policies,
            Evidence evidence,
            Access access,
            ApplicationEventPublisher events,
            Clock clock) {
        this.store = store;
        this.datasets = datasets;
        this.organisations = organisations;
        this.ledger = ledger;
        this.keys = keys;
        this.policies = policies;
        this.evidence = evidence;
        this.access = access;
        this.events = events;
        this.clock = clock;
    }

    /** Whose a service is, and how it is shared. */
    private record Source(
            String dataset, String title, String organisation, @Nullable String sharing) {}

    /**
     * What an OpenAPI document says of a service.
     *
     * @throws BorderException if it cannot be read
     */
    public ServiceDocument read(String document) {
        access.actor();
        return OpenApiReader.read(document);
    }

    /**
     * Registers a service; gateways serve it at once.
     *
     * @throws BorderException if something of it is wrong
     * @throws SharingException if its dataset is not published, or the identifier is taken
     */
    @Transactional
    public Interface register(NewService wanted) {
        return register(wanted, null);
    }

    /**
     * Registers an interface of another gateway; each call to it is signed.
     *
     * @param keyId under which the other gateway knows the key
     * @param key Ed25519
     */
    @Transactional
    public Interface relay(NewService wanted, String keyId, PrivateKey key) {
        return register(wanted, new Relay(keyId, key));
    }

    /** With what calls are signed. */
    private record Relay(String keyId, PrivateKey key) {
        Signing sealed(String id, GatewayKeys keys) {
            return new Signing(keyId, keys.sealed().seal(Signing.sealedFor(id), key.getEncoded()));
        }
    }

    private Interface register(NewService wanted, @Nullable Relay relay) {
        Source source = source(wanted);
        Actor actor = access.require("interface:publish", source.organisation());
        URI address = ServiceCheck.check(wanted);
        Interfaces.checkIdentifier(wanted.id());
        String id = wanted.id() == null ? Interfaces.madeUp() : wanted.id();
        HttpUpstream upstream =
                wanted.made(address, credential(id, wanted, null))
                        .signedWith(relay == null ? null : relay.sealed(id, keys));
        Interface made =
                described(id, source, wanted, upstream)
                        .by(actor.username(), actor.name(), clock.instant());
        if (!store.add(made)) {
            throw SharingException.interfaceIdTaken(id);
        }
        policies.changed();
        ledger.add(Author.of(actor), made);
        ledger.move(Author.of(actor), made, "serve", "");
        note(actor, "published", made);
        return store.find(id).orElseThrow();
    }

    /**
     * Changes a service; whose it is and which dataset it serves stay.
     *
     * @param version the version that the person saw
     */
    @Transactional
    public Interface change(String id, long version, NewService wanted) {
        Interface before = store.lock(id).orElseThrow(() -> SharingException.interfaceNotFound(id));
        Actor actor = access.require("interface:publish", before.organisation());
        HttpUpstream service = before.upstream();
        if (service == null || before.state() == Interface.State.WITHDRAWN) {
            throw SharingException.interfaceState(before.name(), before.state().name());
        }
        Versions.check(version, before.version());
        URI address = ServiceCheck.check(wanted);
        boolean itself = before.dataset().isEmpty();
        String name = String.valueOf(wanted.name()).strip();
        Source source =
                new Source(
                        before.dataset(),
                        itself ? name : before.datasetTitle(),
                        before.organisation(),
                        itself ? sharing(wanted) : null);
        Interface after =
                described(
                        id,
                        source,
                        wanted,
                        wanted.made(address, credential(id, wanted, service.credential()))
                                .signedWith(
                                        address.equals(service.address())
                                                ? service.signing()
                                                : null));
        store.change(after);
        policies.changed();
        note(actor, "changed", after);
        return store.find(id).orElseThrow();
    }

    /** A service as gateways would know it, for a check before it is registered. */
    Interface draft(NewService wanted) {
        Source source = source(wanted);
        access.require("interface:publish", source.organisation());
        URI address = ServiceCheck.check(wanted);
        String id = wanted.id() == null || wanted.id().isBlank() ? "draft" : wanted.id();
        Interfaces.checkIdentifier(id);
        Credential before =
                store.find(id)
                        .filter(i -> i.organisation().equals(source.organisation()))
                        .map(Interface::upstream)
                        .filter(u -> u.address().equals(address))
                        .map(HttpUpstream::credential)
                        .orElse(null);
        return described(id, source, wanted, wanted.made(address, credential(id, wanted, before)));
    }

    private Source source(NewService wanted) {
        String id = wanted.dataset();
        if (id == null || id.isBlank()) {
            String organisation = wanted.organisation();
            String owner =
                    organisation == null || organisation.isBlank()
                            ? access.actor().organisation()
                            : organisation;
            if (organisations.find(owner).isEmpty()) {
                throw BorderException.invalid("organisation", "border.required");
            }
            return new Source("", String.valueOf(wanted.name()).strip(), owner, sharing(wanted));
        }
        SharedDataset dataset =
                datasets.find(id).orElseThrow(() -> SharingException.datasetUnknown(id));
        if (!dataset.published()) {
            throw SharingException.datasetNotPublished(dataset.title());
        }
        return new Source(dataset.id(), dataset.title(), dataset.organisation(), null);
    }

    private static String sharing(NewService wanted) {
        String sharing = wanted.sharing();
        if (sharing == null || !SHARING.contains(sharing)) {
            throw BorderException.invalid("sharing", "sharing.service.sharing");
        }
        return sharing;
    }

    private @Nullable Credential credential(
            String id, NewService wanted, @Nullable Credential before) {
        NewService.NewCredential given = wanted.credential();
        if (given == null || given.header() == null || given.header().isBlank()) {
            return null;
        }
        String header = given.header().strip();
        String secret = given.secret();
        if (secret != null) {
            byte[] bytes = secret.strip().getBytes(StandardCharsets.UTF_8);
            return new Credential(header, keys.sealed().seal(Credential.sealedFor(id), bytes));
        }
        if (before == null) {
            throw BorderException.invalid("credential.secret", "border.required");
        }
        return new Credential(header, before.sealed());
    }

    private Interface described(
            String id, Source source, NewService wanted, HttpUpstream upstream) {
        return new Interface(
                id,
                String.valueOf(wanted.name()).strip(),
                source.dataset(),
                source.title(),
                source.organisation(),
                upstream.parameters().stream().map(Parameter::name).toList(),
                NewService.given(wanted.fields()).stream().map(ServedField::tidy).toList(),
                100,
                Interface.State.LIVE,
                1,
                null,
                0,
                null,
                clock.instant(),
                "",
                "",
                1,
                upstream,
                source.sharing(),
                List.of(),
                null,
                null);
    }

    private void note(Actor actor, String action, Interface each) {
        HttpUpstream service = java.util.Objects.requireNonNull(each.upstream());
        Map<String, String> detail = new TreeMap<>();
        detail.put("name", each.name());
        detail.put("dataset", each.dataset());
        detail.put("service", service.method() + " " + service.address() + service.path());
        detail.put("parameters", String.join(",", each.keys()));
        detail.put("fields", fields(each.fields()));
        detail.put("credential", shown(service));
        String sharing = each.ownSharing();
        if (sharing != null) {
            detail.put("sharing", sharing);
        }
        evidence.changed(actor.who(), "interface." + action, "interface:" + each.id(), detail);
        events.publishEvent(new InterfaceChanged(each.id()));
        events.publishEvent(new SearchChanged(InterfaceSearch.KIND, each.id()));
    }

    private static String shown(HttpUpstream service) {
        if (service.signing() != null) {
            return "signature";
        }
        return service.credential() == null ? "none" : "header";
    }

    private static String fields(List<ServedField> fields) {
        StringBuilder text = new StringBuilder();
        for (ServedField field : fields) {
            text.append(text.isEmpty() ? "" : ",").append(field.name()).append(':');
            text.append(field.grade());
        }
        return text.length() > 4_000 ? text.substring(0, 4_000) : text.toString();
    }
}
