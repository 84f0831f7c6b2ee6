package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.Refusal;

/** Finds out who calls by the certificate whose key the caller has proven to hold in TLS. */
final class CertificateCheck {
    private final Admission admission;

    CertificateCheck(Admission admission) {
        this.admission = admission;
    }

    /**
     * The caller.
     *
     * @throws RefusedException if nobody has that certificate, or it is not to be used
     */
    Caller caller(Call call, CallRequest request, Policy policy) {
        String thumbprint = request.certificate();
        Caller caller = thumbprint == null ? null : policy.certified(thumbprint);
        if (thumbprint == null || caller == null) {
            call.note("claimedCertificate", String.valueOf(thumbprint));
            throw new RefusedException(Refusal.KEY_UNKNOWN, "certificate " + thumbprint);
        }
        admission.admitCertified(call, caller);
        return caller;
    }
}
