package cn.tiaoxi.gateway.upstream;

import cn.tiaoxi.contract.Refusal;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Finds the addresses of hosts and lets only allowed ones through. Whoever connects uses what it
 * gave, so that a name cannot change between check and use. Safe for use by threads; never blocks.
 */
final class Names {
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final int MOST_NAMES = 10_000;

    private final AllowedAddresses allowed;
    private final ConcurrentHashMap<String, Found> cache = new ConcurrentHashMap<>();

    private record Found(CompletableFuture<List<InetAddress>> addresses, long at) {
        boolean isFresh(long now) {
            return now - at < FRESH_NANOS && !addresses.isCompletedExceptionally();
        }
    }

    Names(AllowedAddresses allowed) {
        this.allowed = allowed;
    }

    /**
     * The allowed addresses of a host, at least one.
     *
     * @return fails with an {@link UpstreamException}; may complete on another thread
     */
    CompletableFuture<List<InetAddress>> find(String host) {
        long now = System.nanoTime();
        Found found = cache.get(host);
        if (found != null && found.isFresh(now)) {
            return found.addresses();
        }
        if (cache.size() > MOST_NAMES) {
            cache.clear();
        }
        return cache.compute(
                        host,
                        (name, other) ->
                                other != null && other.isFresh(now)
                                        ? other
                                        : new Found(look(name), now))
                .addresses();
    }

    private CompletableFuture<List<InetAddress>> look(String host) {
        CompletableFuture<List<InetAddress>> addresses = new CompletableFuture<>();
        boolean literal = host.startsWith("[") || host.matches("[0-9.]+");
        Runnable lookup =
                () -> {
                    try {
                        addresses.complete(check(host, literal));
                    } catch (RuntimeException e) {
                        addresses.completeExceptionally(e);
                    }
                };
        if (literal) {
            lookup.run();
        } else {
            Thread.ofVirtual().name("name of " + host).start(lookup);
        }
        return addresses;
    }

    private List<InetAddress> check(String host, boolean literal) {
        InetAddress[] all = literal ? literal(host) : resolved(host);
        List<InetAddress> good = Stream.of(all).filter(allowed::allows).toList();
        if (good.isEmpty()) {
            throw UpstreamException.of(
                    Refusal.UPSTREAM_ADDRESS_NOT_ALLOWED,
                    all.length == 0 ? host : all[0].getHostAddress());
        }
        return good;
    }

    private static InetAddress[] literal(String host) {
        try {
            String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
            return new InetAddress[] {InetAddress.ofLiteral(bare)};
        } catch (IllegalArgumentException e) {
            throw UpstreamException.early(Refusal.UPSTREAM_UNREACHABLE, host);
        }
    }

    private static InetAddress[] resolved(String host) {
        try {
            return InetAddress.getAllByName(host);
        } catch (UnknownHostException e) {
            throw UpstreamException.early(Refusal.UPSTREAM_UNREACHABLE, host);
        }
    }
}
