package cn.tiaoxi.lake.source;

import cn.tiaoxi.lake.ErrorCode;
import cn.tiaoxi.lake.LakeException;
import cn.tiaoxi.lake.source.ProbeResult.EncodingReason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the encoding of text by decoding samples from all over the file strictly. */
final class EncodingDetector {
    private static final int HEAD = 1 << 20;
    private static final int SAMPLE = 1 << 16;
    private static final int SAMPLES = 24;
    private static final double PLAUSIBLE = 0.6;

    private record Block(long position, byte[] bytes) {}

    private record Trial(long errors, long firstError, long notAscii, long common, long zeros) {}

    /** What was found: the encoding, why, and what is amiss. */
    record Finding(TextEncoding encoding, EncodingReason reason, List<Problem> problems) {}

    private EncodingDetector() {}

    static Finding detect(Path file, @Nullable TextEncoding given) throws IOException {
        List<Block> blocks = read(file);
        byte[] head = blocks.getFirst().bytes();
        TextEncoding marked = byMark(head);
        if (given != null) {
            TextEncoding encoding =
                    marked != null && marked.charset().equals(given.charset()) ? marked : given;
            return new Finding(
                    encoding, EncodingReason.GIVEN, errors(encoding, trial(blocks, encoding)));
        }
        if (marked != null) {
            return new Finding(
                    marked, EncodingReason.BYTE_ORDER_MARK, errors(marked, trial(blocks, marked)));
        }
        TextEncoding wide = byZeros(head);
        if (wide != null) {
            return new Finding(wide, EncodingReason.ZERO_BYTES, errors(wide, trial(blocks, wide)));
        }
        return byTrial(blocks);
    }

    private static Finding byTrial(List<Block> blocks) {
        Trial utf8 = trial(blocks, TextEncoding.UTF_8);
        if (utf8.zeros() > 0 && utf8.errors() > 0) {
            throw new LakeException(ErrorCode.FILE_NOT_A_TABLE, "binary");
        }
        if (utf8.errors() == 0) {
            EncodingReason reason =
                    utf8.notAscii() == 0 ? EncodingReason.ONLY_ASCII : EncodingReason.VALID_UTF_8;
            return new Finding(TextEncoding.UTF_8, reason, List.of());
        }
        Trial gb18030 = trial(blocks, TextEncoding.GB18030);
        if (gb18030.errors() == 0) {
            List<Problem> doubts =
                    gb18030.common() < PLAUSIBLE * gb18030.notAscii()
                            ? List.of(
                                    Problem.of(
                                            ProblemCode.ENCODING_DOUBTFUL,
                                            TextEncoding.GB18030.name()))
                            : List.of();
            return new Finding(TextEncoding.GB18030, EncodingReason.VALID_GB18030, doubts);
        }
        boolean utf8Fits = utf8.errors() <= gb18030.errors();
        TextEncoding encoding = utf8Fits ? TextEncoding.UTF_8 : TextEncoding.GB18030;
        return new Finding(
                encoding,
                EncodingReason.FEWEST_ERRORS,
                errors(encoding, utf8Fits ? utf8 : gb18030));
    }

    private static List<Problem> errors(TextEncoding encoding, Trial trial) {
        return trial.errors() == 0
                ? List.of()
                : List.of(
                        Problem.of(
                                ProblemCode.ENCODING_WRONG,
                                encoding.name(),
                                trial.firstError(),
                                trial.errors()));
    }

    private static @Nullable TextEncoding byMark(byte[] head) {
        if (head.length >= 3
                && head[0] == (byte) 0xef
                && head[1] == (byte) 0xbb
                && head[2] == (byte) 0xbf) {
            return TextEncoding.UTF_8_BOM;
        }
        if (head.length >= 2 && head[0] == (byte) 0xff && head[1] == (byte) 0xfe) {
            return TextEncoding.UTF_16LE_BOM;
        }
        if (head.length >= 2 && head[0] == (byte) 0xfe && head[1] == (byte) 0xff) {
            return TextEncoding.UTF_16BE_BOM;
        }
        return null;
    }

    /** Text in UTF-16 without a mark has zero bytes at every other place, and in its line ends. */
    private static @Nullable TextEncoding byZeros(byte[] head) {
        int even = 0;
        int odd = 0;
        int evenLines = 0;
        int oddLines = 0;
        for (int i = 0; i + 1 < head.length; i += 2) {
            even += head[i] == 0 ? 1 : 0;
            odd += head[i + 1] == 0 ? 1 : 0;
            oddLines += head[i] == '\n' && head[i + 1] == 0 ? 1 : 0;
            evenLines += head[i] == 0 && head[i + 1] == '\n' ? 1 : 0;
        }
        if (odd > head.length / 40 && even == 0 && oddLines > 0) {
            return TextEncoding.UTF_16LE;
        }
        return even > head.length / 40 && odd == 0 && evenLines > 0 ? TextEncoding.UTF_16BE : null;
    }

    private static List<Block> read(Path file) throws IOException {
        List<Block> blocks = new ArrayList<>();
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            long size = channel.size();
            blocks.add(readAt(channel, 0, HEAD));
            for (int i = 1; i <= SAMPLES && size > HEAD; i++) {
                long position =
                        Math.max(
                                HEAD,
                                Math.min(
                                        size - SAMPLE,
                                        HEAD + (size - HEAD) / SAMPLES * i - SAMPLE));
                blocks.add(readAt(channel, position & ~1L, SAMPLE));
            }
        }
        return blocks;
    }

    private static Block readAt(SeekableByteChannel channel, long position, int length)
            throws IOException {
        ByteBuffer buffer =
                ByteBuffer.allocate((int) Math.min(length, Math.max(0, channel.size() - position)));
        channel.position(position);
        while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
            // read on
        }
        byte[] bytes = new byte[buffer.position()];
        buffer.flip().get(bytes);
        return new Block(position, bytes);
    }

    private static Trial trial(List<Block> blocks, TextEncoding encoding) {
        long[] sums = new long[4];
        long firstError = -1;
        for (Block block : blocks) {
            long before = sums[0];
            long error = decode(block, encoding, sums);
            if (before == 0 && sums[0] > 0) {
                firstError = error;
            }
        }
        return new Trial(sums[0], firstError, sums[1], sums[2], sums[3]);
    }

    /**
     * Decodes a block from its first to its last line end; adds errors, characters, common ones and
     * zeros.
     */
    private static long decode(Block block, TextEncoding encoding, long[] sums) {
        byte[] bytes = block.bytes();
        boolean wide = encoding.charset().name().startsWith("UTF-16");
        int from = block.position() == 0 ? encoding.markLength() : wide ? 0 : afterLineFeed(bytes);
        CharsetDecoder decoder =
                encoding.charset()
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in =
                ByteBuffer.wrap(
                        bytes, Math.min(from, bytes.length), Math.max(0, bytes.length - from));
        CharBuffer out = CharBuffer.allocate(1 << 13);
        long first = -1;
        while (true) {
            CoderResult result = decoder.decode(in, out, false);
            count(out.flip(), sums);
            out.clear();
            if (result.isUnderflow()) {
                return first;
            }
            if (result.isError()) {
                if (first < 0) {
                    first = block.position() + in.position();
                }
                sums[0]++;
                in.position(in.position() + result.length());
            }
        }
    }

    private static int afterLineFeed(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                return i + 1;
            }
        }
        return bytes.length;
    }

    private static void count(CharBuffer chars, long[] sums) {
        while (chars.hasRemaining()) {
            char c = chars.get();
            if (c >= 0x80) {
                sums[1]++;
                sums[2] += isCommon(c) ? 1 : 0;
            } else if (c == 0) {
                sums[3]++;
            }
        }
    }

    /** Whether a character is among the 6,763 Chinese ones of GB/T 2312, or Chinese punctuation. */
    private static boolean isCommon(char c) {
        if ((c >= 0x3000 && c <= 0x3011) || (c >= 0xff01 && c <= 0xff5e)) {
            return true;
        }
        return c >= 0x4e00 && c <= 0x9fa5 && CommonCharacters.contains(c);
    }
}
