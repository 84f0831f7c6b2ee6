package cn.tiaoxi.platform.sharing;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is asked for.
 *
 * @param interfaceId what is to be called
 * @param application who is to call
 * @param fields fields that the answers are to have
 * @param purpose what the answers are used for
 * @param legalBasis law, regulation or duty that permits it, or empty
 * @param matter the matter it serves, or empty
 * @param validUntil last day, in the city's zone
 * @param perSecond calls a second
 * @param perDay calls a day
 * @param inAll calls in the whole time, or null for any number
 * @param exports whether answers are to be made into files too
 */
public record RequestBody(
        String interfaceId,
        String application,
        List<String> fields,
        String purpose,
        String legalBasis,
        String matter,
        LocalDate validUntil,
        int perSecond,
        long perDay,
        @Nullable Long inAll,
        boolean exports) {
    public RequestBody {
        fields = fields.stream().distinct().toList();
    }
}
