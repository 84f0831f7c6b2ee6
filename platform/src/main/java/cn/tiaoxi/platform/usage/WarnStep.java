package cn.tiaoxi.platform.usage;

import cn.tiaoxi.platform.evidence.Who;
import cn.tiaoxi.platform.flow.FlowStep;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The step {@code reclaimWarn}: nobody answered in time; the owner and the data office know. */
@Component
class WarnStep implements FlowStep {
    private final ReclaimStore store;
    private final Reclaims reclaims;
    private final ReclaimNotices notices;

    WarnStep(ReclaimStore store, Reclaims reclaims, ReclaimNotices notices) {
        this.store = store;
        this.reclaims = reclaims;
        this.notices = notices;
    }

    @Override
    public String name() {
        return "reclaimWarn";
    }

    @Override
    public Map<String, Object> run(String subject, Map<String, Object> variables) {
        String id = String.valueOf(variables.get("case"));
        ReclaimCase one = store.find(id).orElseThrow();
        if (store.lastCall(id)) {
            reclaims.note(Who.SYSTEM, "", one, "warned", "");
            notices.warned(one);
        }
        return Map.of();
    }
}
