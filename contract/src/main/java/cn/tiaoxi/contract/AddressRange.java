package cn.tiaoxi.contract;

import java.net.InetAddress;
import java.util.Arrays;

/**
 * A range of network addresses in CIDR notation (RFC 4632, RFC 4291): {@code 10.8.0.0/16}, {@code
 * 2001:db8::/32}, or one address alone. IPv4 addresses in IPv6 form count as IPv4.
 */
public final class AddressRange {
    private static final int LONGEST = 64;

    private final byte[] network;
    private final int bits;

    private AddressRange(byte[] network, int bits) {
        this.network = network;
        this.bits = bits;
    }

    /**
     * Reads a range.
     *
     * @throws IllegalArgumentException if it is none, names a host, or has bits beyond its prefix
     */
    public static AddressRange of(String text) {
        int slash = text.indexOf('/');
        byte[] address = bytes(slash < 0 ? text : text.substring(0, slash));
        int all = address.length * Byte.SIZE;
        int bits = slash < 0 ? all : prefix(text.substring(slash + 1), all);
        AddressRange range = new AddressRange(address, bits);
        if (!Arrays.equals(range.masked(address), address)) {
            throw new IllegalArgumentException("Address bits beyond the prefix: " + text);
        }
        return range;
    }

    private static int prefix(String text, int most) {
        if (!text.matches("0|[1-9][0-9]{0,2}") || Integer.parseInt(text) > most) {
            throw new IllegalArgumentException("Not a prefix of an address: " + text);
        }
        return Integer.parseInt(text);
    }

    private static byte[] bytes(String literal) {
        if (literal.length() > LONGEST || literal.indexOf('%') >= 0) {
            throw new IllegalArgumentException("Not a network address");
        }
        return InetAddress.ofLiteral(literal).getAddress();
    }

    /** Whether an address, as text, is within the range; one of the other family is not. */
    public boolean contains(String address) {
        int scope = address.indexOf('%');
        byte[] other;
        try {
            other = bytes(scope < 0 ? address : address.substring(0, scope));
        } catch (IllegalArgumentException e) {
            return false;
        }
        return other.length == network.length && Arrays.equals(masked(other), network);
    }

    private byte[] masked(byte[] address) {
        byte[] masked = address.clone();
        for (int i = 0; i < masked.length; i++) {
            int kept = Math.clamp(bits - i * (long) Byte.SIZE, 0, Byte.SIZE);
            masked[i] &= (byte) (0xff << (Byte.SIZE - kept));
        }
        return masked;
    }
}
