package cn.tiaoxi.gateway.quota;

/**
 * What a store gave.
 *
 * @param granted calls that this gateway may let through, 0 or more
 * @param remaining calls that nobody has leased yet
 * @param window number of the second, day or month that it is for
 * @param endsInMillis time until that window ends
 */
public record Lease(long granted, long remaining, long window, long endsInMillis) {
    /**
     * What a gateway asks for.
     *
     * @param subject whose calls
     * @param span for which time
     * @param most the limit in that time
     * @param wanted calls; a negative number gives that many unused ones back
     * @param window the window that they were leased in, for giving back; else 0
     */
    public record Wanted(Subject subject, Span span, long most, long wanted, long window) {}
}
