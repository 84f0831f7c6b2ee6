package cn.tiaoxi.contract;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything a gateway must know to decide a call, at one moment. The platform signs it; a gateway
 * applies a snapshot only if its signature holds and its version is above the one in force.
 *
 * @param version rises by at least one with each change
 * @param issued when the platform made it
 * @param interfaces what can be called
 * @param applications who may call
 * @param grants who may call what, for which purpose
 */
public record PolicySnapshot(
        long version,
        Instant issued,
        List<PublishedInterface> interfaces,
        List<CallerApplication> applications,
        List<Grant> grants) {

    public PolicySnapshot {
        interfaces = List.copyOf(interfaces);
        applications = List.copyOf(applications);
        grants = List.copyOf(grants);
    }

    /** Names on the wire that no key of an interface may have. */
    public static final Set<String> RESERVED_PARAMETERS = Set.of("fields", "limit", "after");

    /**
     * Type of a field's values on the wire; dates and times are ISO 8601 text. The materialised
     * columns are {@code text, bigint, numeric, boolean, date} and {@code timestamp}.
     */
    public enum FieldType {
        TEXT,
        INTEGER,
        DECIMAL,
        BOOLEAN,
        DATE,
        TIMESTAMP
    }

    /** Grade of a field by DB33/T 2351-2021: L1 not sensitive to L4 sensitive. */
    public enum Grade {
        L1,
        L2,
        L3,
        L4
    }

    /**
     * How a value is hidden before it leaves.
     *
     * <p>{@code NAME} keeps the family name, {@code IDENTIFIER} the first six and last two
     * characters, {@code PHONE} the first three and last four digits, {@code ADDRESS} what stands
     * before the first house number, {@code ACCOUNT} the last four characters, {@code YEAR} the
     * year of a date, {@code HIDE} nothing.
     */
    public enum Mask {
        NAME,
        IDENTIFIER,
        PHONE,
        ADDRESS,
        ACCOUNT,
        YEAR,
        HIDE
    }

    /**
     * A lookup over one materialised table, or a department's own HTTP service.
     *
     * @param id short stable identifier, part of the path on the gateway
     * @param name title for people
     * @param dataset identifier of the dataset it serves, empty for a service that stands for
     *     itself
     * @param organisation code of the owner's organisation
     * @param table empty for a service; else PostgreSQL table with schema, for example {@code
     *     serving.t_streets_3}; a new materialisation is a new table, never a changed one. It has a
     *     primary key {@code tiaoxi_row bigint} in load order, and an index on each key followed by
     *     {@code tiaoxi_row}
     * @param keys fields a caller may query by equality; at least one must be given in a call; none
     *     is a {@link #RESERVED_PARAMETERS reserved} name; none of a service
     * @param fields all fields that can be granted, keys included, in table order; the field's name
     *     is also the column's name; of a service a member of the record or a JSON pointer from it
     * @param pageLimit most rows in one answer, 1 to 1,000; not for services
     * @param state a withdrawn interface answers with a refusal of its own
     * @param limits calls of all callers together
     * @param upstream the service, or null for a lookup; policies that older platforms made have
     *     none
     * @param ranges keys of which a caller may ask for a range, ordered by them; none of a service
     * @param exports what may be made into files, or null for nothing; null for a service
     * @param subject whose rows they are, where the trace keeps that, or null
     */
    public record PublishedInterface(
            String id,
            String name,
            String dataset,
            String organisation,
            String table,
            List<String> keys,
            List<Field> fields,
            int pageLimit,
            InterfaceState state,
            CallLimits limits,
            @Nullable HttpUpstream upstream,
            List<String> ranges,
            @Nullable ExportRule exports,
            @Nullable SubjectRule subject) {
        /** Policies that older platforms made name no limits, services, ranges or exports. */
        public PublishedInterface(
                String id,
                String name,
                String dataset,
                String organisation,
                String table,
                List<String> keys,
                List<Field> fields,
                int pageLimit,
                InterfaceState state,
                @Nullable CallLimits limits,
                @Nullable HttpUpstream upstream,
                @Nullable List<String> ranges,
                @Nullable ExportRule exports,
                @Nullable SubjectRule subject) {
            this.id = id;
            this.name = name;
            this.dataset = dataset;
            this.organisation = organisation;
            this.table = table;
            this.keys = List.copyOf(keys);
            this.fields = List.copyOf(fields);
            this.pageLimit = pageLimit;
            this.state = state;
            this.limits = limits == null ? CallLimits.NONE : limits;
            this.upstream = upstream;
            this.ranges = ranges == null ? List.of() : List.copyOf(ranges);
            this.exports = exports;
            this.subject = subject;
        }

        /** The same whose rows leave digests in the trace, or do not. */
        public PublishedInterface withSubject(@Nullable SubjectRule rule) {
            return with(ranges, exports, rule);
        }

        /** The same with ranges of keys. */
        public PublishedInterface withRanges(List<String> of) {
            return with(of, exports, subject);
        }

        /** The same of which files may be made, or may not. */
        public PublishedInterface withExports(@Nullable ExportRule rule) {
            return with(ranges, rule, subject);
        }

        private PublishedInterface with(
                List<String> otherRanges,
                @Nullable ExportRule otherExports,
                @Nullable SubjectRule otherSubject) {
            return new PublishedInterface(
                    id,
                    name,
                    dataset,
                    organisation,
                    table,
                    keys,
                    fields,
                    pageLimit,
                    state,
                    limits,
                    upstream,
                    otherRanges,
                    otherExports,
                    otherSubject);
        }

        /** An interface without ranges and exports. */
        public PublishedInterface(
                String id,
                String name,
                String dataset,
                String organisation,
                String table,
                List<String> keys,
                List<Field> fields,
                int pageLimit,
                InterfaceState state,
                @Nullable CallLimits limits,
                @Nullable HttpUpstream upstream) {
            this(
                    id,
                    name,
                    dataset,
                    organisation,
                    table,
                    keys,
                    fields,
                    pageLimit,
                    state,
                    limits,
                    upstream,
                    null,
                    null,
                    null);
        }

        /** A lookup over a table. */
        public PublishedInterface(
                String id,
                String name,
                String dataset,
                String organisation,
                String table,
                List<String> keys,
                List<Field> fields,
                int pageLimit,
                InterfaceState state,
                @Nullable CallLimits limits) {
            this(
                    id,
                    name,
                    dataset,
                    organisation,
                    table,
                    keys,
                    fields,
                    pageLimit,
                    state,
                    limits,
                    null);
        }

        /** A lookup without limits. */
        public PublishedInterface(
                String id,
                String name,
                String dataset,
                String organisation,
                String table,
                List<String> keys,
                List<Field> fields,
                int pageLimit,
                InterfaceState state) {
            this(
                    id,
                    name,
                    dataset,
                    organisation,
                    table,
                    keys,
                    fields,
                    pageLimit,
                    state,
                    null,
                    null);
        }
    }

    /** Whether an interface may be called. */
    public enum InterfaceState {
        LIVE,
        WITHDRAWN
    }

    /**
     * One field of an interface.
     *
     * @param name column name, also the name on the wire
     * @param label name for people
     * @param type type on the wire
     * @param grade grade that a person confirmed
     * @param description meaning, or empty
     */
    public record Field(
            String name, String label, FieldType type, Grade grade, String description) {}

    /**
     * A program that calls.
     *
     * @param id stable identifier
     * @param name title for people
     * @param organisation code of the organisation that answers for it
     * @param keys keys in force or about to be; several during a rotation
     * @param active whether it may call at all
     * @param limits its calls of all interfaces together
     * @param organisationLimits calls of all applications of its organisation together, the same in
     *     each of them
     * @param restriction what a case of misuse imposes, or null
     */
    public record CallerApplication(
            String id,
            String name,
            String organisation,
            List<CallerKey> keys,
            boolean active,
            CallLimits limits,
            CallLimits organisationLimits,
            @Nullable Restriction restriction) {
        /** Policies that older platforms made name no limits. */
        public CallerApplication(
                String id,
                String name,
                String organisation,
                List<CallerKey> keys,
                boolean active,
                @Nullable CallLimits limits,
                @Nullable CallLimits organisationLimits,
                @Nullable Restriction restriction) {
            this.id = id;
            this.name = name;
            this.organisation = organisation;
            this.keys = List.copyOf(keys);
            this.active = active;
            this.limits = limits == null ? CallLimits.NONE : limits;
            this.organisationLimits =
                    organisationLimits == null ? CallLimits.NONE : organisationLimits;
            this.restriction = restriction;
        }

        /** One that no case of misuse restricts. */
        public CallerApplication(
                String id,
                String name,
                String organisation,
                List<CallerKey> keys,
                boolean active,
                @Nullable CallLimits limits,
                @Nullable CallLimits organisationLimits) {
            this(id, name, organisation, keys, active, limits, organisationLimits, null);
        }

        /** One without limits. */
        public CallerApplication(
                String id, String name, String organisation, List<CallerKey> keys, boolean active) {
            this(id, name, organisation, keys, active, null, null, null);
        }

        /** What a case of misuse imposes at that moment, or null. */
        public @Nullable Restriction restrictionAt(Instant now) {
            return restriction != null && restriction.holdsAt(now) ? restriction : null;
        }

        /** Its limits at that moment, with what a case of misuse leaves of them. */
        public CallLimits limitsAt(Instant now) {
            Restriction held = restrictionAt(now);
            Integer slowed = held == null ? null : held.perSecond();
            if (slowed == null) {
                return limits;
            }
            Integer usual = limits.perSecond();
            return new CallLimits(
                    usual == null ? slowed : Math.min(usual, slowed),
                    limits.perDay(),
                    limits.perMonth());
        }
    }

    /** How a request proves who calls. */
    public enum Style {
        /** An HTTP message signature (RFC 9421). */
        SIGNATURE,
        /** The province's HMAC headers; see {@link ProvinceHmac}. */
        PROVINCE_HMAC,
        /** The province's secrets and MD5; see {@link ProvinceToken}. */
        PROVINCE_TOKEN,
        /**
         * The certificate that the caller shows in TLS (RFC 8705); see {@link CallerCertificate}.
         */
        MUTUAL_TLS
    }

    /** What callers may prove themselves with. A key serves one algorithm. */
    public enum Algorithm {
        HMAC_SHA256("hmac-sha256", Style.SIGNATURE),
        ED25519("ed25519", Style.SIGNATURE),
        HMAC_SM3("hmac-sm3", Style.SIGNATURE),
        SM2_SM3("sm2-sm3", Style.SIGNATURE),
        PROVINCE_HMAC("province-hmac", Style.PROVINCE_HMAC),
        PROVINCE_TOKEN("province-token", Style.PROVINCE_TOKEN),
        MUTUAL_TLS("mutual-tls", Style.MUTUAL_TLS);

        private final String registeredName;
        private final Style style;

        Algorithm(String registeredName, Style style) {
            this.registeredName = registeredName;
            this.style = style;
        }

        /**
         * Name in the HTTP signature algorithms registry; for SM2, SM3 and the province's styles,
         * which have none there, this project's name.
         */
        public String registeredName() {
            return registeredName;
        }

        /** How requests are signed with it. */
        public Style style() {
            return style;
        }

        /** Whether it is too weak to be recommended, so that each use is noted and can be ended. */
        public boolean weak() {
            return this == PROVINCE_TOKEN;
        }
    }

    /**
     * A key of an application.
     *
     * @param id the {@code keyid} of a signature, the access key or the app key
     * @param algorithm what the key is for
     * @param material Base64: the 32 bytes of an Ed25519 public key, the 65 of an SM2 one, the
     *     thumbprint of a certificate ({@link CallerCertificate#thumbprint}), or a shared secret
     *     sealed by {@link SealedSecret} so that a snapshot file alone gives nobody a secret
     * @param notBefore from when it is accepted
     * @param notAfter until when, or null for no end
     * @param addresses ranges that calls may come from ({@link AddressRange}), none for anywhere
     * @param switchedOff since when it is out of use though neither expired nor revoked, or null
     */
    public record CallerKey(
            String id,
            Algorithm algorithm,
            String material,
            Instant notBefore,
            @Nullable Instant notAfter,
            List<String> addresses,
            @Nullable Instant switchedOff) {
        /** Policies that older platforms made name no addresses. */
        public CallerKey(
                String id,
                Algorithm algorithm,
                String material,
                Instant notBefore,
                @Nullable Instant notAfter,
                @Nullable List<String> addresses,
                @Nullable Instant switchedOff) {
            this.id = id;
            this.algorithm = algorithm;
            this.material = material;
            this.notBefore = notBefore;
            this.notAfter = notAfter;
            this.addresses = addresses == null ? List.of() : List.copyOf(addresses);
            this.switchedOff = switchedOff;
        }
    }

    /**
     * Leave to call one interface.
     *
     * @param id stable identifier, in the trace of every call made under it
     * @param application who may call
     * @param interfaceId what may be called
     * @param fields fields that may be returned; keys may always be queried by
     * @param masks how a granted field is hidden, by field name; absent means shown as it is
     * @param purpose what the answers may be used for, as it was asked
     * @param perSecond calls a second, at least 1
     * @param perDay calls a day (Asia/Shanghai), at least 1
     * @param inAll calls in the whole time of the grant, at least 1, or null for any number
     * @param validFrom from when
     * @param validUntil until when, exclusive
     * @param state a revoked grant refuses with a code of its own
     * @param exports whether answers may be made into files where the interface allows it; policies
     *     that older platforms made say nothing, which means no
     */
    public record Grant(
            String id,
            String application,
            String interfaceId,
            List<String> fields,
            Map<String, Mask> masks,
            String purpose,
            int perSecond,
            long perDay,
            @Nullable Long inAll,
            Instant validFrom,
            Instant validUntil,
            GrantState state,
            @Nullable Boolean exports) {
        public Grant {
            fields = List.copyOf(fields);
            masks = Map.copyOf(masks);
        }

        /** Whether answers may be made into files where the interface allows it. */
        public boolean mayExport() {
            return Boolean.TRUE.equals(exports);
        }

        /** One that allows no files. */
        public Grant(
                String id,
                String application,
                String interfaceId,
                List<String> fields,
                Map<String, Mask> masks,
                String purpose,
                int perSecond,
                long perDay,
                @Nullable Long inAll,
                Instant validFrom,
                Instant validUntil,
                GrantState state) {
            this(
                    id,
                    application,
                    interfaceId,
                    fields,
                    masks,
                    purpose,
                    perSecond,
                    perDay,
                    inAll,
                    validFrom,
                    validUntil,
                    state,
                    null);
        }

        /** One for any number of calls in all. */
        public Grant(
                String id,
                String application,
                String interfaceId,
                List<String> fields,
                Map<String, Mask> masks,
                String purpose,
                int perSecond,
                long perDay,
                Instant validFrom,
                Instant validUntil,
                GrantState state) {
            this(
                    id,
                    application,
                    interfaceId,
                    fields,
                    masks,
                    purpose,
                    perSecond,
                    perDay,
                    null,
                    validFrom,
                    validUntil,
                    state);
        }
    }

    /** Whether a grant is in force. Expiry is decided by time, not by state. */
    public enum GrantState {
        ACTIVE,
        REVOKED
    }
}
