package cn.tiaoxi.gateway.filter;

import java.util.Arrays;

/**
 * The objects and arrays around a JSON value: what each is, its field, whether it kept a member.
 */
final class Levels {
    private static final int FIRST = 16;

    private int depth;
    private boolean[] isObject = new boolean[FIRST];
    private boolean[] hasMember = new boolean[FIRST];
    private FieldNode[] fields = new FieldNode[FIRST];

    void push(boolean object, FieldNode field) {
        depth++;
        if (depth == fields.length) {
            fields = Arrays.copyOf(fields, 2 * depth);
            isObject = Arrays.copyOf(isObject, 2 * depth);
            hasMember = Arrays.copyOf(hasMember, 2 * depth);
        }
        fields[depth] = field;
        isObject[depth] = object;
        hasMember[depth] = false;
    }

    void pop() {
        depth--;
    }

    /** How many there are. */
    int depth() {
        return depth;
    }

    boolean isObject() {
        return isObject[depth];
    }

    boolean hasMember() {
        return hasMember[depth];
    }

    void memberKept() {
        hasMember[depth] = true;
    }

    /** The innermost one's field; of no meaning within what is removed. */
    FieldNode field() {
        return fields[depth];
    }
}
