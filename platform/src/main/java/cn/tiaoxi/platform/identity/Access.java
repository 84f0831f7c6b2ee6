package cn.tiaoxi.platform.identity;

import cn.tiaoxi.platform.city.Organisations;
import java.util.Optional;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/** Who is asking, and whether they may. */
@Component
public class Access {
    private final Organisations organisations;

    Access(Organisations organisations) {
        this.organisations = organisations;
    }

    /**
     * The person behind the request under way.
     *
     * @throws IdentityException if nobody is signed in
     */
    public Actor actor() {
        return find().orElseThrow(IdentityException::notSignedIn);
    }

    /** The person behind the request under way, if there is one. */
    public Optional<Actor> find() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null && authentication.getPrincipal() instanceof Actor actor
                ? Optional.of(actor)
                : Optional.empty();
    }

    /**
     * The person behind the request under way, if permitted for that organisation.
     *
     * @throws IdentityException otherwise
     */
    public Actor require(String permission, String organisation) {
        Actor actor = actor();
        if (!actor.may(permission, organisation)) {
            throw IdentityException.permissionMissing(permission, organisations.name(organisation));
        }
        return actor;
    }
}
