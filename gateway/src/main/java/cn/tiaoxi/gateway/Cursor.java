package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.Refusal;
import java.nio.ByteBuffer;
import java.util.Base64;

/** Where a page ended: opaque to callers, bound to one materialisation of the table. */
final class Cursor {
    private Cursor() {}

    static String after(ServedInterface served, long row) {
        byte[] bytes = ByteBuffer.allocate(12).putInt(served.tableMark()).putLong(row).array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * The row after which to go on.
     *
     * @throws RefusedException if it is no cursor, or of a table that has been replaced
     */
    static long row(ServedInterface served, String cursor) {
        ByteBuffer bytes;
        try {
            bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor));
        } catch (IllegalArgumentException e) {
            throw new RefusedException(Refusal.PARAMETER_INVALID, "after");
        }
        if (bytes.remaining() != 12) {
            throw new RefusedException(Refusal.PARAMETER_INVALID, "after");
        }
        if (bytes.getInt() != served.tableMark()) {
            throw new RefusedException(Refusal.CURSOR_EXPIRED, cursor);
        }
        return bytes.getLong();
    }
}
