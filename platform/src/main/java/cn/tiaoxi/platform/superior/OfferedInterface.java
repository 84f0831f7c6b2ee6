package cn.tiaoxi.platform.superior;

import cn.tiaoxi.platform.sharing.ServedField;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An interface of the platform above that this one may take over.
 *
 * @param id its identifier there
 * @param organisation name of its owner
 * @param address where it answers
 * @param keyId under which this platform's calls are known there
 * @param keys what it may be asked by
 * @param fields what it gives
 * @param until when the grant ends
 * @param number of the order that offered it
 * @param withdrawn when the offer was withdrawn, or null
 * @param takenAs the interface here that passes it on, or null
 */
public record OfferedInterface(
        String id,
        String name,
        String organisation,
        String address,
        String keyId,
        List<String> keys,
        List<ServedField> fields,
        Instant until,
        long number,
        Instant offered,
        @Nullable Instant withdrawn,
        @Nullable String takenAs,
        @Nullable Instant taken,
        @Nullable String takenBy) {
    public OfferedInterface {
        keys = List.copyOf(keys);
        fields = List.copyOf(fields);
    }
}
