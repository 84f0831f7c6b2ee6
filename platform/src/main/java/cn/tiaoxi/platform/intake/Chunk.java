package cn.tiaoxi.platform.intake;

import java.util.List;

/**
 * Some rows of a file that are checked or written together.
 *
 * @param number counts the chunks of a round, from 0; the same rows have the same number each time
 * @param bytes bytes of the file read before it, for progress
 */
record Chunk(int number, List<ReadyRow> rows, long bytes) {
    Chunk {
        rows = List.copyOf(rows);
    }
}
