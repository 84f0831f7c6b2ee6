package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.PolicySnapshot.Style;
import cn.tiaoxi.contract.Refusal;
import java.time.Instant;
import java.util.TreeMap;

/** Finds out who calls in the province's token style. Every such request is noted as weak. */
final class TokenCheck {
    private final Admission admission;
    private final KeyPrints prints;

    TokenCheck(Admission admission, KeyPrints prints) {
        this.admission = admission;
        this.prints = prints;
    }

    /**
     * The secrets that a caller now gets.
     *
     * @param refresh the refresh secret
     * @param request the request secret
     */
    record Given(TokenSecrets.Secret refresh, TokenSecrets.Secret request) {}

    /**
     * The caller of an interface, by its request secret.
     *
     * @throws RefusedException if the sign does not hold, its secret has lapsed, or the same
     *     request was made before
     */
    Caller caller(Call call, TokenRequest request, Policy policy) {
        Caller caller = claimed(call, request, policy);
        long now = call.time().getEpochSecond();
        live(call, request, caller, TokenSecrets.Kind.REQUEST, now);
        admit(call, request, caller);
        return caller;
    }

    /**
     * Secrets for a caller that shows its app secret or its refresh secret. The refresh secret does
     * not prolong itself: after its life the app secret is needed.
     *
     * @throws RefusedException as {@link #caller} does
     */
    Given secrets(Call call, TokenRequest request, Policy policy, Target target) {
        Caller caller = claimed(call, request, policy);
        TokenSecrets secrets = caller.tokenSecrets();
        long now = call.time().getEpochSecond();
        TokenSecrets.Secret refresh;
        if (target.kind() == Target.Kind.SECRETS_BY_KEY) {
            if (!secrets.isSignedWithAppSecret(
                    request.appKey(), request.requestTime(), request.sign())) {
                throw invalid(call, request);
            }
            refresh = secrets.current(TokenSecrets.Kind.REFRESH, now);
        } else {
            refresh = live(call, request, caller, TokenSecrets.Kind.REFRESH, now);
        }
        admit(call, request, caller);
        return new Given(refresh, secrets.current(TokenSecrets.Kind.REQUEST, now));
    }

    private static Caller claimed(Call call, TokenRequest request, Policy policy) {
        Admission.requireNow(Style.PROVINCE_TOKEN, created(request), call.time());
        return Admission.claimed(call, policy, request.appKey(), Style.PROVINCE_TOKEN);
    }

    private static TokenSecrets.Secret live(
            Call call, TokenRequest request, Caller caller, TokenSecrets.Kind kind, long now) {
        TokenSecrets.Secret secret =
                caller.tokenSecrets()
                        .signedWith(
                                kind, request.appKey(), request.requestTime(), request.sign(), now);
        if (secret == null) {
            throw invalid(call, request);
        }
        if (!secret.isLive(now)) {
            call.isFrom(caller);
            call.noteWhole("keyId", caller.key().id());
            throw new RefusedException(Refusal.SECRET_EXPIRED, caller.key().id());
        }
        return secret;
    }

    private static RefusedException invalid(Call call, TokenRequest request) {
        call.note("claimedKeyId", request.appKey());
        return new RefusedException(Refusal.SIGNATURE_INVALID, request.appKey());
    }

    private void admit(Call call, TokenRequest request, Caller caller) {
        admission.admit(call, caller, request.sign() + print(call, request), created(request));
    }

    private static Instant created(TokenRequest request) {
        return Instant.ofEpochMilli(Long.parseLong(request.requestTime()));
    }

    /**
     * The sign is the same for all requests of a millisecond, so what they ask for tells them
     * apart.
     */
    private String print(Call call, TokenRequest request) {
        String asked = new TreeMap<>(request.parameters()) + "\0" + request.additional();
        return prints.print(call.interfaceId(), "request", asked);
    }
}
