package cn.tiaoxi.platform.sharing;

import cn.tiaoxi.platform.evidence.Evidence;
import cn.tiaoxi.platform.identity.Access;
import cn.tiaoxi.platform.identity.Actor;
import java.util.Map;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Changes the key of the digests that delivered rows leave. */
@Service
public class SubjectKeyRotation {
    private final SubjectKeys keys;
    private final InterfaceStore interfaces;
    private final Policies policies;
    private final Evidence evidence;
    private final Access access;

    SubjectKeyRotation(
            SubjectKeys keys,
            InterfaceStore interfaces,
            Policies policies,
            Evidence evidence,
            Access access) {
        this.keys = keys;
        this.interfaces = interfaces;
        this.policies = policies;
        this.evidence = evidence;
        this.access = access;
    }

    /**
     * Begins a new key for what is delivered from now on. Earlier keys stay, so that what was
     * delivered under them can be found.
     *
     * @param reason why, for the trace
     */
    @Transactional
    public SubjectKeys.Known rotate(String reason) {
        Actor actor = access.actor();
        String why = Texts.reason(reason);
        SubjectKeys.Known made = keys.begin();
        interfaces.touchAll();
        policies.changed();
        evidence.changed(
                actor.who(),
                "subject-key.rotated",
                "subject-key:" + made.id(),
                Map.of("reason", why));
        return made;
    }
}
