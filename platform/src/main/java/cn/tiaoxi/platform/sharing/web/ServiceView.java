package cn.tiaoxi.platform.sharing.web;

import cn.tiaoxi.contract.HttpUpstream;
import cn.tiaoxi.contract.UpstreamHealth;
import cn.tiaoxi.platform.sharing.Gateways;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A department's service in an answer; its secret is not.
 *
 * @param credential name of the header that the service knows the platform by, or null
 * @param health how it fares at each gateway
 */
record ServiceView(
        String address,
        HttpUpstream.Method method,
        String path,
        List<HttpUpstream.Parameter> parameters,
        HttpUpstream.Times times,
        int tries,
        int connections,
        HttpUpstream.@Nullable Probe probe,
        HttpUpstream.Breaker breaker,
        long mostBytes,
        HttpUpstream.Format format,
        String records,
        List<String> around,
        @Nullable String credential,
        @Nullable String sharing,
        List<HealthView> health) {

    /** How the service fares at one gateway. */
    record HealthView(
            String gateway,
            Instant heard,
            UpstreamHealth.State breaker,
            Instant since,
            UpstreamHealth.ProbeState probe,
            @Nullable Instant probed,
            long calls,
            long failures,
            @Nullable String lastFailure,
            @Nullable String lastFailureDetail,
            @Nullable Instant lastFailed) {
        static HealthView from(Gateways.ServiceHealth each) {
            UpstreamHealth health = each.health();
            return new HealthView(
                    each.gateway(),
                    each.heard(),
                    health.breaker(),
                    health.since(),
                    health.probe(),
                    health.probed(),
                    health.calls(),
                    health.failures(),
                    health.lastFailure(),
                    health.lastFailureDetail(),
                    health.lastFailed());
        }
    }

    static ServiceView from(
            HttpUpstream service,
            @Nullable String sharing,
            boolean inside,
            List<Gateways.ServiceHealth> health) {
        HttpUpstream.Credential credential = service.credential();
        return new ServiceView(
                inside ? service.address().toString() : "",
                service.method(),
                inside ? service.path() : "",
                service.parameters(),
                service.times(),
                service.tries(),
                service.connections(),
                service.probe(),
                service.breaker(),
                service.mostBytes(),
                service.format(),
                service.records(),
                service.around(),
                credential == null || !inside ? null : credential.header(),
                sharing,
                health.stream().map(HealthView::from).toList());
    }
}
