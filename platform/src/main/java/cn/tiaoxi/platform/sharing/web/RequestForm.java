package cn.tiaoxi.platform.sharing.web;

import cn.tiaoxi.platform.sharing.RequestBody;
import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is asked for, as it is sent. */
record RequestForm(
        @JsonProperty("interface") @NotBlank String lookup,
        @NotBlank String application,
        @NotNull @Size(max = 500) List<@NotBlank String> fields,
        @NotBlank String purpose,
        @Nullable String legalBasis,
        @Nullable String matter,
        @NotNull LocalDate validUntil,
        @Min(1) int perSecond,
        @Min(1) long perDay,
        @Nullable @Min(1) Long inAll,
        @Nullable Boolean exports) {

    RequestBody body() {
        return new RequestBody(
                lookup,
                application,
                fields,
                purpose,
                legalBasis == null ? "" : legalBasis,
                matter == null ? "" : matter,
                validUntil,
                perSecond,
                perDay,
                inAll,
                Boolean.TRUE.equals(exports));
    }
}
