package cn.tiaoxi.gateway;

/** Rising row numbers as ranges: {@code 4,7-9}. */
final class RowRanges {
    private final StringBuilder text = new StringBuilder();
    private long first;
    private long last;
    private boolean any;

    void add(long row) {
        if (any && row == last + 1) {
            last = row;
            return;
        }
        flush();
        first = row;
        last = row;
        any = true;
    }

    long last() {
        return last;
    }

    private void flush() {
        if (any) {
            text.append(text.isEmpty() ? "" : ",").append(first);
            if (last > first) {
                text.append('-').append(last);
            }
        }
    }

    /** The ranges; call it once, after the last row. */
    @Override
    public String toString() {
        flush();
        any = false;
        return text.toString();
    }
}
