package cn.tiaoxi.trace;

import java.util.regex.Pattern;

/**
 * Names and numbers of the static resources of a log, by <a
 * href="https://c2sp.org/tlog-tiles">tlog-tiles</a>. Paths are relative to the log's prefix.
 */
public final class Tile {
    /** Hashes in a full tile, and entries in a full bundle. */
    public static final int WIDTH = 256;

    /** The path of the signed tree head. */
    public static final String CHECKPOINT = "checkpoint";

    static final int FULL_BYTES = WIDTH * Hash.BYTES;
    static final int HEIGHT = 8;

    private static final Pattern RESOURCE =
            Pattern.compile(
                    "checkpoint|tile/(entries|[0-9]|[1-5][0-9]|6[0-3])(/x[0-9]{3})*/[0-9]{3}"
                            + "(\\.p/([1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5]))?");

    private Tile() {}

    /** The path of a hash tile; {@code width} 256 means the full tile. */
    public static String hashes(int level, long number, int width) {
        return path(Integer.toString(level), number, width);
    }

    /** The path of an entry bundle; {@code width} 256 means the full bundle. */
    public static String entries(long number, int width) {
        return path("entries", number, width);
    }

    /**
     * Whether a path names a public resource of a log. Servers must refuse all others: the folder
     * also holds the writer's own state.
     */
    public static boolean isResource(String path) {
        return path.length() < 100 && RESOURCE.matcher(path).matches();
    }

    /** How many hashes the tile holds in a tree of {@code size} entries: 0 to 256. */
    static int width(int level, long number, long size) {
        long hashes = size >>> (HEIGHT * level);
        return (int) Math.clamp(hashes - number * WIDTH, 0L, WIDTH);
    }

    /** How many levels of tiles a tree of {@code size} entries has. */
    static int levels(long size) {
        int levels = 0;
        for (long hashes = size; hashes > 0; hashes >>>= HEIGHT) {
            levels++;
        }
        return levels;
    }

    static String folderOfPartials(int level, long number) {
        return hashes(level, number, WIDTH) + ".p";
    }

    static String folderOfPartialEntries(long number) {
        return entries(number, WIDTH) + ".p";
    }

    private static String path(String kind, long number, int width) {
        StringBuilder path = new StringBuilder(32).append("tile/").append(kind).append('/');
        int groups = 1;
        long unit = 1;
        while (number / unit >= 1000) {
            unit *= 1000;
            groups++;
        }
        for (int i = 1; i <= groups; i++, unit /= 1000) {
            if (i < groups) {
                path.append('x');
            }
            digits(path, (int) (number / unit % 1000));
            if (i < groups) {
                path.append('/');
            }
        }
        if (width < WIDTH) {
            path.append(".p/").append(width);
        }
        return path.toString();
    }

    private static void digits(StringBuilder path, int three) {
        path.append((char) ('0' + three / 100))
                .append((char) ('0' + three / 10 % 10))
                .append((char) ('0' + three % 10));
    }
}
