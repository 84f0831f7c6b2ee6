package cn.tiaoxi.trace;

import java.util.List;

/** Consecutive records that became durable together. */
record Batch(long first, List<byte[]> records) {
    long end() {
        return first + records.size();
    }
}
