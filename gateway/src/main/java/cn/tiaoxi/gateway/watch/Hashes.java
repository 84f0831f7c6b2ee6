package cn.tiaoxi.gateway.watch;

/** Hashes of texts without an object for each. */
final class Hashes {
    private Hashes() {}

    /** 64 well-mixed bits of a part of a text. */
    static long of(CharSequence text, int from, int to, long seed) {
        long hash = seed;
        for (int i = from; i < to; i++) {
            hash = (hash ^ text.charAt(i)) * 0x9E37_79B9_7F4A_7C15L;
            hash ^= hash >>> 32;
        }
        return mixed(hash);
    }

    /** The finishing steps of SplitMix64. */
    static long mixed(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D0_49BB_1331_11EBL;
        return mixed ^ (mixed >>> 31);
    }

    /** The network of an address: IPv4 /24, IPv6 /48, as its text begins. */
    static long network(String address, long seed) {
        int dot = address.lastIndexOf('.');
        int end = dot;
        if (dot < 0) {
            end = 0;
            for (int colons = 0; end < address.length() && colons < 3; end++) {
                colons += address.charAt(end) == ':' ? 1 : 0;
            }
        }
        return of(address, 0, end, seed);
    }
}
