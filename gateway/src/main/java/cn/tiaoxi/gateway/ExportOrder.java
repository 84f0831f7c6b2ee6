package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.PolicySnapshot.Grant;
import cn.tiaoxi.contract.Refusal;
import cn.tiaoxi.contract.Wire;
import cn.tiaoxi.gateway.Export.Format;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An order of a file, checked.
 *
 * @param wanted the keys and fields as the caller gave them, which the file is made from later
 * @param query the same, read
 */
record ExportOrder(
        ServedInterface served,
        Grant grant,
        Caller caller,
        Format format,
        Wanted wanted,
        Query query) {
    private static final String FORMAT = "format";

    /**
     * What a file is to hold, as the gateway keeps it until the file is made.
     *
     * @param fields in the order of the file
     */
    record Wanted(
            List<String> fields, Map<String, String> single, Map<String, List<String>> several) {
        byte[] toBytes() {
            return Wire.JSON.writeValueAsBytes(this);
        }

        static Wanted of(byte[] bytes) {
            return Wire.read(bytes, Wanted.class);
        }

        /** What to ask the database, under the policy of now. */
        Query query(ServedInterface served, Grant grant) {
            Query read = Query.ofFile(served, grant, single, several);
            return new Query(served, fields, read.keys(), read.afterRow(), read.limit());
        }
    }

    /**
     * Reads an order: keys and fields in a JSON body as for a lookup, the format in the address.
     *
     * @throws RefusedException if no file may be made of that, or something is wrong with it
     */
    static ExportOrder of(ServedInterface served, Grant grant, Caller caller, CallRequest request) {
        ExportTerms.requireAllowed(served, grant);
        Map<String, String> named = QueryString.parse(request.rawQuery());
        String format = named.remove(FORMAT);
        if (!named.isEmpty()) {
            throw new RefusedException(Refusal.PARAMETER_UNKNOWN, named.keySet().iterator().next());
        }
        QueryBody body =
                request.body().length == 0
                        ? new QueryBody(Map.of(), Map.of())
                        : QueryBody.of(request);
        Query query = Query.ofFile(served, grant, body.single(), body.several());
        if (query.keys().isEmpty()) {
            ExportTerms.requireWhole(served);
        }
        Map<String, String> single = new LinkedHashMap<>(body.single());
        single.remove("fields");
        return new ExportOrder(
                served,
                grant,
                caller,
                format(format),
                new Wanted(query.fields(), single, body.several()),
                query);
    }

    /** The export that is ordered, which waits. */
    Export export(UUID id, String gateway, String address, String request) {
        return new Export(
                id,
                gateway,
                address,
                served.id(),
                caller.application().id(),
                caller.application().organisation(),
                grant.id(),
                wanted.fields(),
                ExportTerms.hiding(wanted.fields(), grant),
                format,
                Export.State.WAITING,
                null,
                ExportSeal.newKey(),
                0,
                0,
                0,
                null,
                null,
                ExportTerms.requireAllowed(served, grant).keptHours(),
                request,
                Instant.now(),
                null,
                null,
                0);
    }

    private static Format format(@Nullable String text) {
        for (Format each : Format.values()) {
            if (each.name().toLowerCase(Locale.ROOT).equals(text)) {
                return each;
            }
        }
        throw new RefusedException(
                text == null ? Refusal.PARAMETER_MISSING : Refusal.PARAMETER_INVALID, FORMAT);
    }
}
