package cn.tiaoxi.gateway.filter;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The name of a JSON object's member, perhaps over several pieces, and the field it names. */
final class JsonName {
    /** Longest that can be a known one: each byte of it may have been written as an escape. */
    private static final int LONGEST = 6 * FieldRules.LONGEST_NAME;

    private final Held held = new Held(LONGEST + 1);
    private final OverReturn cuts;

    JsonName(OverReturn cuts) {
        this.cuts = cuts;
    }

    /** Keeps a part of a name that goes on in the next piece. */
    void keep(byte[] bytes, int from, int to) {
        held.keep(bytes, from, to);
    }

    /**
     * The field that the name means, if anything of it is shown; counts what is not.
     *
     * @param from where the name begins, or the part of it that is not kept yet
     */
    @Nullable FieldNode field(FieldNode parent, byte[] bytes, int from, int to, boolean escaped) {
        if (held.isEmpty()) {
            return find(parent, bytes, from, to, escaped);
        }
        held.keep(bytes, from, to);
        return find(parent, held.bytes(), 0, held.length(), escaped);
    }

    private @Nullable FieldNode find(
            FieldNode parent, byte[] bytes, int from, int to, boolean escaped) {
        if (!escaped || to - from > LONGEST) {
            return shown(parent, bytes, from, to);
        }
        String name = JsonString.decode(bytes, from, to);
        if (JsonString.hasLoneSurrogate(name)) {
            cuts.unknown(parent, bytes, from, to);
            return null;
        }
        byte[] decoded = name.getBytes(StandardCharsets.UTF_8);
        return shown(parent, decoded, 0, decoded.length);
    }

    private @Nullable FieldNode shown(FieldNode parent, byte[] bytes, int from, int to) {
        FieldNode child = parent.child(bytes, from, to);
        if (child == null) {
            cuts.unknown(parent, bytes, from, to);
            return null;
        }
        if (!child.isShown()) {
            cuts.withheld();
            return null;
        }
        return child;
    }

    /** Writes a name that was given to {@link #field}, with quotes. */
    void write(byte[] bytes, int from, int to, ByteBuf out) {
        out.writeByte('"');
        if (held.isEmpty()) {
            out.writeBytes(bytes, from, to - from);
        } else {
            out.writeBytes(held.bytes(), 0, held.length());
        }
        out.writeByte('"');
    }

    void clear() {
        held.clear();
    }
}
