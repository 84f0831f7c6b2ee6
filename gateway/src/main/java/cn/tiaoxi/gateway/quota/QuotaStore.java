package cn.tiaoxi.gateway.quota;

import cn.tiaoxi.gateway.quota.Lease.Wanted;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Keeps how many calls are leased, for all gateways that use it. */
public interface QuotaStore extends AutoCloseable {
    /**
     * Leases calls, never more of a subject in a span than its limit.
     *
     * @return the leases in the order of what was wanted; fails if the store cannot be reached
     */
    CompletableFuture<List<Lease>> lease(List<Wanted> wanted);

    @Override
    default void close() {}
}
