package cn.tiaoxi.gateway.upstream;

import cn.tiaoxi.contract.AddressRange;
import java.net.InetAddress;
import java.util.List;

/**
 * Which addresses services may stand at, so that nobody who registers one reaches what only this
 * machine should. What clouds tell their machines about themselves is never called, nor is the
 * local link.
 */
public final class AllowedAddresses {
    /** Private networks (RFC 1918, RFC 4193). */
    public static final String PRIVATE = "10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,fc00::/7";

    private static final List<AddressRange> NEVER =
            ranges(
                    "0.0.0.0/8,169.254.0.0/16,100.100.100.200,192.0.0.0/24,224.0.0.0/3,::,"
                            + "fe80::/10,ff00::/8,fd00:ec2::254,64:ff9b::/96,2002::/16");

    private final List<AddressRange> allowed;

    private AllowedAddresses(List<AddressRange> allowed) {
        this.allowed = allowed;
    }

    /**
     * Reads ranges that are separated by commas.
     *
     * @throws IllegalArgumentException if one is none
     */
    public static AllowedAddresses of(String text) {
        return new AllowedAddresses(ranges(text));
    }

    private static List<AddressRange> ranges(String text) {
        return java.util.stream.Stream.of(text.split(","))
                .map(String::strip)
                .filter(range -> !range.isEmpty())
                .map(AddressRange::of)
                .toList();
    }

    boolean allows(InetAddress address) {
        String text = address.getHostAddress();
        return NEVER.stream().noneMatch(range -> range.contains(text))
                && allowed.stream().anyMatch(range -> range.contains(text));
    }
}
