package cn.tiaoxi.gateway.filter;

import cn.tiaoxi.contract.PolicySnapshot.Mask;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A field that the schema knows, and the fields below it. Immutable once built. */
final class FieldNode {
    private final String pointer;
    private final boolean granted;
    private final @Nullable Mask mask;
    private final boolean shown;

    /** A hash table with open addressing, at most half full. */
    private final byte[][] names;

    private final @Nullable FieldNode[] children;

    FieldNode(
            String pointer, boolean granted, @Nullable Mask mask, Map<String, FieldNode> children) {
        this.pointer = pointer;
        this.granted = granted;
        this.mask = granted ? mask : null;
        this.shown = granted || children.values().stream().anyMatch(FieldNode::isShown);
        int size = Math.max(2, Integer.highestOneBit(children.size() * 4));
        this.names = new byte[size][];
        this.children = new FieldNode[size];
        children.forEach((name, child) -> put(name.getBytes(StandardCharsets.UTF_8), child));
    }

    private void put(byte[] name, FieldNode child) {
        int slot = Bytes.hash(name, 0, name.length) & names.length - 1;
        while (children[slot] != null) {
            slot = slot + 1 & names.length - 1;
        }
        names[slot] = name;
        children[slot] = child;
    }

    /** The field of a name in UTF-8, or null if the schema knows none. */
    @Nullable FieldNode child(byte[] bytes, int from, int to) {
        int slot = Bytes.hash(bytes, from, to) & names.length - 1;
        while (true) {
            FieldNode child = children[slot];
            if (child == null) {
                return null;
            }
            byte[] name = names[slot];
            if (Arrays.equals(name, 0, name.length, bytes, from, to)) {
                return child;
            }
            slot = slot + 1 & names.length - 1;
        }
    }

    /** Its JSON pointer from the body, arrays not counted. */
    String pointer() {
        return pointer;
    }

    /** Whether values of its own are shown; otherwise only objects on the way to granted fields. */
    boolean isGranted() {
        return granted;
    }

    /** How its values are hidden, or null if they are shown as they are or not at all. */
    @Nullable Mask mask() {
        return mask;
    }

    /** Whether itself or anything below it is granted. */
    boolean isShown() {
        return shown;
    }
}
