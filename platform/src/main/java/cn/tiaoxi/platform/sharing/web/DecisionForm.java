package cn.tiaoxi.platform.sharing.web;

import cn.tiaoxi.contract.PolicySnapshot.Mask;
import cn.tiaoxi.platform.sharing.Request;
import cn.tiaoxi.platform.sharing.Requests;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A decision, as it is sent. */
record DecisionForm(
        Request.@NotNull Outcome outcome,
        @NotBlank String reason,
        @Nullable Map<String, @NotNull Mask> masks,
        @Nullable List<@NotBlank String> fields,
        @Nullable LocalDate validUntil,
        @Nullable Integer perSecond,
        @Nullable Long perDay,
        @Nullable Long inAll,
        @Nullable Boolean exports) {

    Requests.Verdict verdict() {
        return new Requests.Verdict(
                outcome, reason, masks, fields, validUntil, perSecond, perDay, inAll, exports);
    }
}
