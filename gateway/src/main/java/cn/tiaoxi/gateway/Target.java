package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.PolicySnapshot.Style;
import cn.tiaoxi.contract.RequestParts;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a request is after, by its path, and in which style it says who sends it.
 *
 * @param interfaceId the interface asked for, or the name of what gives secrets; empty for nothing
 * @param export what of the interface's exports is asked for, or null
 */
record Target(Kind kind, Style style, String interfaceId, @Nullable ExportTarget export) {
    /** Where interfaces are. */
    private static final String PREFIX = "/api/";

    /** Where the province's callers look for interfaces; their identifiers may have capitals. */
    private static final Pattern PROVINCE_HMAC = Pattern.compile("/restapi/prod/([^/]+)/api");

    private static final Pattern PROVINCE_TOKEN =
            Pattern.compile("/gateway/api/[^/]+/dataSharing/([^/]+)\\.htm");
    private static final String PROVINCE_PREFIX = "/gateway/";
    private static final String BY_KEY = "/gateway/app/refreshTokenByKey.htm";
    private static final String BY_SECRET = "/gateway/app/refreshTokenBySec.htm";

    /** What a request is after. */
    enum Kind {
        /** What an interface gives. */
        LOOKUP,
        /** A file of what an interface gives. */
        EXPORT,
        /** Secrets of the token style, for the app secret. */
        SECRETS_BY_KEY,
        /** A request secret of the token style, for the refresh secret. */
        SECRETS_BY_SECRET,
        /** There is nothing there. */
        NOTHING
    }

    Target(Kind kind, Style style, String interfaceId) {
        this(kind, style, interfaceId, null);
    }

    static Target of(CallRequest request) {
        String path = request.parts().path();
        if (path.startsWith(PROVINCE_PREFIX)) {
            return token(path);
        }
        Style style = style(request);
        if (path.startsWith(PREFIX)) {
            ExportTarget export = ExportTarget.of(path.substring(PREFIX.length()));
            if (export != null) {
                // The province's signature covers no body, so nothing can be ordered with it.
                return style == Style.PROVINCE_HMAC
                        ? new Target(Kind.NOTHING, style, "")
                        : new Target(Kind.EXPORT, style, export.interfaceId(), export);
            }
            return new Target(Kind.LOOKUP, style, path.substring(PREFIX.length()));
        }
        Matcher province = PROVINCE_HMAC.matcher(path);
        return province.matches()
                ? new Target(Kind.LOOKUP, style, lower(province.group(1)))
                : new Target(Kind.NOTHING, style, "");
    }

    private static Target token(String path) {
        if (path.equals(BY_KEY)) {
            return new Target(Kind.SECRETS_BY_KEY, Style.PROVINCE_TOKEN, "refreshTokenByKey");
        }
        if (path.equals(BY_SECRET)) {
            return new Target(Kind.SECRETS_BY_SECRET, Style.PROVINCE_TOKEN, "refreshTokenBySec");
        }
        Matcher business = PROVINCE_TOKEN.matcher(path);
        return business.matches()
                ? new Target(Kind.LOOKUP, Style.PROVINCE_TOKEN, lower(business.group(1)))
                : new Target(Kind.NOTHING, Style.PROVINCE_TOKEN, "");
    }

    /**
     * A request that has a message signature is judged by that, which covers more than the others;
     * a certificate counts only where nothing in the request says who calls.
     */
    private static Style style(CallRequest request) {
        RequestParts parts = request.parts();
        if (parts.header().get("signature-input") != null) {
            return Style.SIGNATURE;
        }
        if (parts.header().get(ProvinceHmacCheck.SIGNATURE) != null
                || parts.header().get(ProvinceHmacCheck.ACCESS_KEY) != null) {
            return Style.PROVINCE_HMAC;
        }
        boolean certified =
                request.certificate() != null && parts.header().get("signature") == null;
        return certified ? Style.MUTUAL_TLS : Style.SIGNATURE;
    }

    private static String lower(String id) {
        return id.toLowerCase(Locale.ROOT);
    }

    boolean givesSecrets() {
        return kind == Kind.SECRETS_BY_KEY || kind == Kind.SECRETS_BY_SECRET;
    }

    /** Whether requests of that method are answered there. */
    boolean takes(String method) {
        if (export != null) {
            return export.part().takes(method);
        }
        return method.equals("GET") || isProvince() && method.equals("POST");
    }

    private boolean isProvince() {
        return style == Style.PROVINCE_HMAC || style == Style.PROVINCE_TOKEN;
    }
}
