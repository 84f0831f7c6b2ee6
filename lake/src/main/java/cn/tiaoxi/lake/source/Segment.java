package cn.tiaoxi.lake.source;

import org.jspecify.annotations.Nullable;

/**
 * Whole rows that follow one another in a file, as UTF-8 text with separators. One thread makes it,
 * then another reads it.
 *
 * @param bytes holds the rows; shared with neighbouring segments, never changed
 * @param from the first byte
 * @param to the byte after the last
 * @param separator between fields
 * @param firstRow how many rows of the file stand before
 * @param rows how many rows it has, faulty ones included
 * @param firstLine the line of the file that the first byte stands on, from 1
 * @param lines for rows that were not text lines: the line (spreadsheet row, record) of each; else
 *     null
 * @param transcoded whether a replacement character means bytes that could not be decoded
 * @param sourceBytes bytes of the file read so far, for progress
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody; copying would double the memory
public record Segment(
        byte[] bytes,
        int from,
        int to,
        byte separator,
        long firstRow,
        int rows,
        long firstLine,
        long @Nullable [] lines,
        boolean transcoded,
        long sourceBytes) {}
