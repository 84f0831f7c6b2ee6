package cn.tiaoxi.platform.sharing;

import cn.tiaoxi.contract.GatewayHeartbeat;
import cn.tiaoxi.platform.border.Words;
import cn.tiaoxi.platform.evidence.Evidence;
import cn.tiaoxi.platform.evidence.Who;
import cn.tiaoxi.platform.identity.People;
import cn.tiaoxi.platform.workbench.Messages;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Notes that a gateway did not take a policy, and tells those who look after gateways, once. */
@Component
class PolicyRefusals {
    private static final int LONGEST_REASON = 500;

    private final JdbcClient database;
    private final Evidence evidence;
    private final Messages messages;
    private final MessageSource texts;
    private final People people;

    PolicyRefusals(
            JdbcClient database,
            Evidence evidence,
            Messages messages,
            MessageSource texts,
            People people) {
        this.database = database;
        this.evidence = evidence;
        this.messages = messages;
        this.texts = texts;
        this.people = people;
    }

    /** Compares what the gateway says with what is known; in the transaction of its heartbeat. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void note(GatewayHeartbeat beat) {
        GatewayHeartbeat.RefusedPolicy refused = beat.refusedPolicy();
        String reason = refused == null ? null : shortened(refused.reason());
        if (!keep(beat.id(), refused, reason) || refused == null || reason == null) {
            return;
        }
        evidence.changed(
                Who.SYSTEM,
                "policy.refused",
                "gateway:" + beat.id(),
                Map.of(
                        "policy", Long.toString(refused.version()),
                        "inForce", Long.toString(beat.policyVersion()),
                        "reason", reason));
        Words title = words("sharing.message.policyRefused.title", beat, reason);
        Words text = words("sharing.message.policyRefused.text", beat, reason);
        String key = "sharing.policyRefused:" + beat.id() + ":" + refused.time();
        people.holders("gateway:read", "")
                .forEach(person -> messages.send(person, key, title, text, "/gateways"));
    }

    private static String shortened(String reason) {
        String line = reason.replaceAll("\\p{Cntrl}+", " ");
        return line.length() > LONGEST_REASON ? line.substring(0, LONGEST_REASON) : line;
    }

    /** Whether it is news. */
    private boolean keep(
            String gateway,
            GatewayHeartbeat.@Nullable RefusedPolicy refused,
            @Nullable String reason) {
        return database.sql(
                                """
                                UPDATE sharing.gateway
                                   SET refused_version = :version, refused_reason = :reason,
                                       refused_time = :time
                                 WHERE id = :id
                                   AND (refused_version, refused_reason)
                                       IS DISTINCT FROM (:version::bigint, :reason::text)
                                """)
                        .param("version", refused == null ? null : refused.version())
                        .param("reason", reason)
                        .param("time", Columns.at(refused == null ? null : refused.time()))
                        .param("id", gateway)
                        .update()
                == 1;
    }

    private Words words(String key, GatewayHeartbeat beat, String reason) {
        Object[] named = {beat.id(), Long.toString(beat.policyVersion()), reason};
        return new Words(
                texts.getMessage(key, named, Locale.SIMPLIFIED_CHINESE),
                texts.getMessage(key, named, Locale.ENGLISH));
    }
}
