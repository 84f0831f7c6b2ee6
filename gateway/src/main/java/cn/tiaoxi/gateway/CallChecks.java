package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.HttpUpstream;
import cn.tiaoxi.contract.PolicySnapshot.Grant;
import cn.tiaoxi.contract.PolicySnapshot.Style;
import cn.tiaoxi.contract.Refusal;
import cn.tiaoxi.contract.RequestParts;
import cn.tiaoxi.contract.SubjectRule;
import cn.tiaoxi.gateway.quota.Quotas;
import cn.tiaoxi.gateway.upstream.Upstreams;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Everything that must hold before a call may touch the data, the cheapest checks first. */
final class CallChecks {
    private static final int LONGEST_HEADER_NOTE = 128;

    private final PolicyKeeper policies;
    private final SignatureCheck signatures;
    private final ProvinceHmacCheck provinceHmacs;
    private final TokenCheck tokens;
    private final CertificateCheck certificates;
    private final BasisOfUse basis;
    private final Quotas quotas;
    private final KeyPrints prints;
    private final Upstreams upstreams;
    private final CallWatch watch;
    private volatile Set<String> authorities = Set.of();

    CallChecks(
            PolicyKeeper policies,
            Replays replays,
            Quotas quotas,
            KeyPrints prints,
            Upstreams upstreams,
            CallWatch watch) {
        Admission admission = new Admission(replays);
        this.policies = policies;
        this.signatures = new SignatureCheck(admission);
        this.provinceHmacs = new ProvinceHmacCheck(admission);
        this.tokens = new TokenCheck(admission, prints);
        this.certificates = new CertificateCheck(admission);
        this.basis = new BasisOfUse(prints);
        this.quotas = quotas;
        this.prints = prints;
        this.upstreams = upstreams;
        this.watch = watch;
    }

    /** Sets the hosts under which this gateway may be addressed, normalised. */
    void answersTo(Set<String> hosts) {
        this.authorities = Set.copyOf(hosts);
    }

    /**
     * What a call may ask for.
     *
     * @throws RefusedException if anything does not hold
     */
    Asked check(Call call, CallRequest request, Target target) {
        Policy policy = policy(request.parts(), target);
        call.isJudgedBy(policy);
        return switch (target.style()) {
            case SIGNATURE -> {
                Caller caller = signatures.caller(call, request, policy);
                yield query(call, request, policy, caller, target, null);
            }
            case PROVINCE_HMAC -> {
                Caller caller = provinceHmacs.caller(call, request, policy);
                yield query(call, request, policy, caller, target, null);
            }
            case MUTUAL_TLS -> {
                Caller caller = certificates.caller(call, request, policy);
                yield query(call, request, policy, caller, target, null);
            }
            case PROVINCE_TOKEN -> {
                TokenRequest token = TokenRequest.of(request);
                Caller caller = tokens.caller(call, token, policy);
                basis.note(call, token.additional());
                yield query(call, request, policy, caller, target, token.parameters());
            }
        };
    }

    /**
     * The secrets that a caller of the token style gets.
     *
     * @throws RefusedException if anything does not hold
     */
    TokenCheck.Given secrets(Call call, CallRequest request, Target target) {
        Policy policy = policy(request.parts(), target);
        call.isJudgedBy(policy);
        return tokens.secrets(call, TokenRequest.of(request), policy, target);
    }

    /**
     * What a file is to hold that is ordered.
     *
     * @throws RefusedException if anything does not hold
     */
    ExportOrder order(Call call, CallRequest request, Target target) {
        Policy policy = policy(request.parts(), target);
        call.isJudgedBy(policy);
        Caller caller = exportCaller(call, request, target, policy);
        ServedInterface served = served(call, request, policy, target);
        List<Grant> all = policy.grants(caller.application().id(), served.id());
        List<Grant> allowing = all.stream().filter(Grant::mayExport).toList();
        String named = request.parts().header().get("tiaoxi-grant");
        Grant grant = GrantChoice.choose(allowing.isEmpty() ? all : allowing, named, call.time());
        call.isUnder(grant);
        ExportOrder order = ExportOrder.of(served, grant, caller, request);
        Query query = order.query();
        call.noteWhole("fields", String.join(",", query.fields()));
        call.noteWhole("table", served.published().table());
        query.keys().forEach(each -> note(call, served, each));
        watch.saw(call, caller, served.id(), query.keys());
        call.countsAgainst(quotas.charge(grant, caller.application(), served.published()));
        return order;
    }

    /**
     * Who asks after an export.
     *
     * @throws RefusedException if that is not certain, or the caller is not to be let in
     */
    Caller exportCaller(Call call, CallRequest request, Target target) {
        Policy policy = policy(request.parts(), target);
        call.isJudgedBy(policy);
        return exportCaller(call, request, target, policy);
    }

    private Caller exportCaller(Call call, CallRequest request, Target target, Policy policy) {
        return target.style() == Style.MUTUAL_TLS
                ? certificates.caller(call, request, policy)
                : signatures.caller(call, request, policy);
    }

    /**
     * Whether the policy of now still allows an export, and under what.
     *
     * @throws RefusedException that says why not
     */
    ExportTerms terms(Export export) {
        return ExportTerms.of(policies.current(), export, Instant.now());
    }

    /** Lets a download count as a call. */
    void count(Call call, Caller caller, ExportTerms terms) {
        call.isUnder(terms.grant());
        noteInterface(call, terms.served());
        call.countsAgainst(
                quotas.charge(terms.grant(), caller.application(), terms.served().published()));
    }

    private Policy policy(RequestParts parts, Target target) {
        if (!target.takes(parts.method()) && !takesPost(parts, target)) {
            throw new RefusedException(Refusal.METHOD_NOT_ALLOWED, parts.method());
        }
        if (target.kind() == Target.Kind.NOTHING) {
            throw new RefusedException(Refusal.INTERFACE_UNKNOWN, parts.path());
        }
        if (!authorities.contains(parts.authority())) {
            throw new RefusedException(Refusal.MISDIRECTED, parts.authority());
        }
        Policy policy = policies.current();
        if (policy == null) {
            throw new RefusedException(Refusal.POLICY_MISSING, "-");
        }
        return policy;
    }

    /** Whether it is a POST to a lookup, or to a service that is asked so. */
    private boolean takesPost(RequestParts parts, Target target) {
        Policy policy = policies.current();
        if (policy == null || target.export() != null || !parts.method().equals("POST")) {
            return false;
        }
        ServedInterface served = policy.servedInterface(target.interfaceId());
        return served != null && (served.service() == null || served.takesPost());
    }

    /**
     * @param parameters of the query, or null where they are read from the address
     */
    private Asked query(
            Call call,
            CallRequest request,
            Policy policy,
            Caller caller,
            Target target,
            @Nullable Map<String, String> parameters) {
        RequestParts parts = request.parts();
        ServedInterface served = served(call, request, policy, target);
        List<Grant> grants = policy.grants(caller.application().id(), served.id());
        Grant grant = GrantChoice.choose(grants, parts.header().get("tiaoxi-grant"), call.time());
        call.isUnder(grant);
        if (served.service() != null) {
            return service(call, request, caller, served, grant, parameters);
        }
        Query query = lookup(request, target, served, grant, parameters);
        call.noteWhole("fields", String.join(",", query.fields()));
        call.noteWhole("table", served.published().table());
        query.keys().forEach(each -> note(call, served, each));
        watch.saw(call, caller, served.id(), query.keys());
        call.countsAgainst(quotas.charge(grant, caller.application(), served.published()));
        return query;
    }

    private static ServedInterface served(
            Call call, CallRequest request, Policy policy, Target target) {
        ServedInterface served = live(policy, target.interfaceId());
        noteInterface(call, served);
        noteMatter(call, request.parts().header().get("tiaoxi-matter"));
        return served;
    }

    private static void noteInterface(Call call, ServedInterface served) {
        call.noteWhole("dataset", served.published().dataset());
        call.noteWhole("owner", served.published().organisation());
        call.passage().isFor(served.id(), served.published().organisation());
    }

    /** The province's HMAC does not cover a body, so none is read there. */
    private static Query lookup(
            CallRequest request,
            Target target,
            ServedInterface served,
            Grant grant,
            @Nullable Map<String, String> parameters) {
        if (parameters != null) {
            return Query.of(served, grant, parameters);
        }
        Map<String, String> named = QueryString.parse(request.rawQuery());
        boolean bare = request.body().length == 0 || target.style() == Style.PROVINCE_HMAC;
        if (bare || !request.parts().method().equals("POST")) {
            return Query.of(served, grant, named);
        }
        QueryBody body = QueryBody.of(request);
        body.single()
                .forEach(
                        (name, value) -> {
                            if (named.put(name, value) != null) {
                                throw new RefusedException(Refusal.PARAMETER_REPEATED, name);
                            }
                        });
        return Query.of(served, grant, named, body.several());
    }

    private void note(Call call, ServedInterface served, KeyCondition each) {
        call.noteWhole(
                "key." + each.note(),
                each.values()
                        .map(value -> prints.print(served.id(), each.key(), value))
                        .collect(Collectors.joining(",")));
    }

    private ServiceQuery service(
            Call call,
            CallRequest request,
            Caller caller,
            ServedInterface served,
            Grant grant,
            @Nullable Map<String, String> parameters) {
        ServiceQuery query = ServiceQuery.of(served, grant, call, request, parameters, upstreams);
        call.noteWhole("fields", String.join(",", query.fields()));
        HttpUpstream service = served.service();
        if (service != null) {
            call.note("upstream", service.address().toString());
            call.passage().asksService();
        }
        query.values()
                .forEach(
                        (name, value) ->
                                call.noteWhole(
                                        "key." + name, prints.print(served.id(), name, value)));
        noteSubject(call, served, query.values());
        watch.saw(call, caller, served.id(), query.values());
        call.countsAgainst(quotas.charge(grant, caller.application(), served.published()));
        return query;
    }

    /** A service is asked about a subject by a parameter. */
    private static void noteSubject(
            Call call, ServedInterface served, Map<String, String> parameters) {
        SubjectRule rule = served.published().subject();
        RowSubjects subjects = served.subjects();
        String value = rule == null ? null : parameters.get(rule.column());
        if (subjects != null && value != null) {
            subjects.add(value);
            call.isAbout(subjects);
        }
    }

    private static ServedInterface live(Policy policy, String id) {
        ServedInterface served = policy.servedInterface(id);
        if (served == null) {
            throw new RefusedException(Refusal.INTERFACE_UNKNOWN, id);
        }
        if (!served.isLive()) {
            throw new RefusedException(Refusal.INTERFACE_WITHDRAWN, id);
        }
        return served;
    }

    /** The matter that the call serves; what is no ASCII is percent-encoded, as callers send it. */
    private static void noteMatter(Call call, @Nullable String matter) {
        if (matter == null) {
            return;
        }
        if (matter.length() > LONGEST_HEADER_NOTE) {
            throw new RefusedException(Refusal.PARAMETER_TOO_LONG, "Tiaoxi-Matter");
        }
        boolean plain = matter.chars().allMatch(c -> c >= 0x20 && c < 0x7f);
        call.noteWhole(
                "matter", plain ? matter : URLEncoder.encode(matter, StandardCharsets.UTF_8));
    }
}
