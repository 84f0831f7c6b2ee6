package cn.tiaoxi.gateway;

import static java.util.stream.Collectors.joining;

import cn.tiaoxi.contract.PolicySnapshot.Style;
import cn.tiaoxi.contract.ProvinceHmac;
import cn.tiaoxi.contract.Refusal;
import cn.tiaoxi.contract.RequestParts;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Finds out who calls in the province's HMAC style; see {@link ProvinceHmac}. */
final class ProvinceHmacCheck {
    static final String SIGNATURE = ProvinceHmac.SIGNATURE.toLowerCase(Locale.ROOT);
    static final String ACCESS_KEY = ProvinceHmac.ACCESS_KEY.toLowerCase(Locale.ROOT);

    private static final String ALGORITHM = ProvinceHmac.ALGORITHM.toLowerCase(Locale.ROOT);
    private static final String DATE_TIME = ProvinceHmac.DATE_TIME.toLowerCase(Locale.ROOT);
    private static final int LONGEST_HEADER = 256;

    private final Admission admission;

    ProvinceHmacCheck(Admission admission) {
        this.admission = admission;
    }

    /**
     * The caller. There is no nonce in this style, so the signature stands for one: the same
     * request cannot be made twice within a second.
     *
     * @throws RefusedException if a header is missing, the signature does not hold, is too old or
     *     was used before
     */
    Caller caller(Call call, CallRequest request, Policy policy) {
        RequestParts parts = request.parts();
        String keyId = header(parts, ACCESS_KEY);
        String date = header(parts, DATE_TIME);
        byte[] signature = signature(header(parts, SIGNATURE));
        if (!header(parts, ALGORITHM).equals(ProvinceHmac.NAME)) {
            throw malformed(ProvinceHmac.ALGORITHM);
        }
        Instant created = time(date);
        Admission.requireNow(Style.PROVINCE_HMAC, created, call.time());
        Caller caller = Admission.claimed(call, policy, keyId, Style.PROVINCE_HMAC);
        if (!holds(request, keyId, date, signature, caller.provinceSecret())) {
            call.note("claimedKeyId", keyId);
            throw new RefusedException(Refusal.SIGNATURE_INVALID, keyId);
        }
        if (request.body().length > 0) {
            throw new RefusedException(Refusal.SIGNATURE_INCOMPLETE, "body");
        }
        admission.admit(call, caller, Base64.getEncoder().encodeToString(signature), created);
        return caller;
    }

    private static boolean holds(
            CallRequest request, String keyId, String date, byte[] signature, byte[] secret) {
        RequestParts parts = request.parts();
        for (String query : queries(request.rawQuery())) {
            String text = ProvinceHmac.text(parts.method(), parts.path(), query, keyId, date);
            if (MessageDigest.isEqual(ProvinceHmac.signature(text, secret), signature)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The sorted query as sent, and decoded, since callers sign either; sorted by names, and by
     * whole pairs, which differs where one name begins with another. Decoded it is taken only if it
     * can be read in one way.
     */
    private static Set<String> queries(String raw) {
        Set<String> queries = new LinkedHashSet<>();
        addSorted(queries, List.of(raw.split("&", -1)));
        if (raw.indexOf('%') >= 0 || raw.indexOf('+') >= 0) {
            List<String> pairs = new ArrayList<>();
            for (Map.Entry<String, String> parameter : QueryString.parse(raw).entrySet()) {
                String name = parameter.getKey();
                String value = parameter.getValue();
                if (name.indexOf('=') >= 0 || isAmbiguous(name) || isAmbiguous(value)) {
                    return queries;
                }
                pairs.add(name + '=' + value);
            }
            addSorted(queries, pairs);
        }
        return queries;
    }

    private static void addSorted(Set<String> queries, List<String> pairs) {
        queries.add(ProvinceHmac.sorted(pairs));
        queries.add(pairs.stream().filter(p -> !p.isEmpty()).sorted().collect(joining("&")));
    }

    private static boolean isAmbiguous(String text) {
        return text.indexOf('&') >= 0 || text.chars().anyMatch(c -> c < ' ');
    }

    private static String header(RequestParts parts, String name) {
        String value = parts.header().get(name);
        if (value == null || value.isBlank()) {
            throw new RefusedException(Refusal.SIGNATURE_MISSING, name.toUpperCase(Locale.ROOT));
        }
        if (value.length() > LONGEST_HEADER) {
            throw malformed(name.toUpperCase(Locale.ROOT));
        }
        return value.strip();
    }

    private static byte[] signature(String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (bytes.length == 32) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // Refused below, like one of another length.
        }
        throw malformed(ProvinceHmac.SIGNATURE);
    }

    private static Instant time(String date) {
        try {
            return ProvinceHmac.time(date);
        } catch (IllegalArgumentException e) {
            throw malformed(ProvinceHmac.DATE_TIME);
        }
    }

    private static RefusedException malformed(String header) {
        return new RefusedException(Refusal.SIGNATURE_MALFORMED, header);
    }
}
