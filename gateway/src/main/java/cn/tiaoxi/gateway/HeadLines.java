package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.Refusal;
import io.netty.buffer.ByteBuf;

/**
 * Looks at the lines of a request's head before they are parsed, for what the parser would forgive
 * and a proxy before it might have read otherwise (RFC 9112, sections 2.2, 3 and 5): line ends that
 * are no CRLF, folded lines, spaces where none belong. One per connection, owned by its event loop.
 */
final class HeadLines {
    private static final int MOST_HEADERS = 100;

    /** Bytes 0 to 127 that a request line may have beside its two spaces. */
    private static final boolean[] IN_LINE = inLine();

    private boolean emptyLineSeen;
    private boolean firstSeen;
    private int headers;

    /** The next head begins. */
    void reset() {
        emptyLineSeen = false;
        firstSeen = false;
        headers = 0;
    }

    /**
     * Checks the lines that are there, from the first unparsed one to the head's end.
     *
     * @return whether they may be parsed already; otherwise wait for more
     * @throws RefusedException if a line is not as it should be
     */
    boolean mayBeParsed(ByteBuf in) {
        int end = in.writerIndex();
        int at = in.readerIndex();
        while (at < end) {
            int lineFeed = in.indexOf(at, end, (byte) '\n');
            if (lineFeed < 0) {
                return firstSeen || mayBegin(in, at);
            }
            if (lineFeed == at || in.getByte(lineFeed - 1) != '\r') {
                throw malformed("line end");
            }
            int length = lineFeed - 1 - at;
            if (firstSeen) {
                if (length == 0) {
                    return true;
                }
                headerLine(in, at);
            } else if (length > 0) {
                requestLine(in, at, lineFeed - 1);
                firstSeen = true;
            } else if (emptyLineSeen) {
                throw malformed("empty lines");
            } else {
                emptyLineSeen = true;
            }
            at = lineFeed + 1;
        }
        return true;
    }

    /** Whether a part of the first line may be parsed: not a CR whose LF is still on its way. */
    private static boolean mayBegin(ByteBuf in, int at) {
        byte first = in.getByte(at);
        if (first == '\r') {
            if (in.writerIndex() - at > 1) {
                throw malformed("line end");
            }
            return false;
        }
        if (!isLetter(first)) {
            throw malformed("request line");
        }
        return true;
    }

    private void headerLine(ByteBuf in, int at) {
        byte first = in.getByte(at);
        if (first == ' ' || first == '\t') {
            throw malformed("folded line");
        }
        if (first == ':') {
            throw malformed("header without a name");
        }
        if (++headers > MOST_HEADERS) {
            throw new RefusedException(Refusal.HEADERS_TOO_LARGE, "> " + MOST_HEADERS);
        }
    }

    /** Method, one space, target, one space, version, and nothing else. */
    private static void requestLine(ByteBuf in, int from, int to) {
        int spaces = 0;
        int wordBegan = from;
        for (int i = from; i < to; i++) {
            byte b = in.getByte(i);
            if (b == ' ') {
                if (i == wordBegan) {
                    throw malformed("request line");
                }
                spaces++;
                wordBegan = i + 1;
            } else if (!isInTarget((char) b)) {
                throw malformed("request line");
            }
        }
        if (spaces != 2 || !isLetter(in.getByte(from))) {
            throw malformed("request line");
        }
        version(in, wordBegan, to);
    }

    private static void version(ByteBuf in, int from, int to) {
        boolean wellFormed =
                to - from == 8
                        && in.getByte(from) == 'H'
                        && in.getByte(from + 1) == 'T'
                        && in.getByte(from + 2) == 'T'
                        && in.getByte(from + 3) == 'P'
                        && in.getByte(from + 4) == '/'
                        && isDigit(in.getByte(from + 5))
                        && in.getByte(from + 6) == '.'
                        && isDigit(in.getByte(from + 7));
        if (!wellFormed) {
            throw malformed("version");
        }
        if (in.getByte(from + 5) != '1') {
            throw new RefusedException(
                    Refusal.VERSION_UNKNOWN,
                    in.toString(from, 8, java.nio.charset.StandardCharsets.US_ASCII));
        }
    }

    /** Whether a character may stand in the target of a request. */
    static boolean isInTarget(char c) {
        return c < IN_LINE.length && IN_LINE[c];
    }

    private static boolean isLetter(byte b) {
        return b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z';
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    /** What an address may have (RFC 3986), and some that careless callers leave unescaped. */
    private static boolean[] inLine() {
        boolean[] allowed = new boolean[128];
        for (int b = '!'; b <= '~'; b++) {
            allowed[b] = "#\\\"<>^`".indexOf(b) < 0;
        }
        return allowed;
    }

    private static RefusedException malformed(String what) {
        return new RefusedException(Refusal.REQUEST_MALFORMED, what);
    }
}
