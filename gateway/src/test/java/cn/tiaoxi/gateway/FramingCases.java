package cn.tiaoxi.gateway;

import static cn.tiaoxi.gateway.ConformanceCase.closed;
import static cn.tiaoxi.gateway.ConformanceCase.get;
import static cn.tiaoxi.gateway.ConformanceCase.open;
import static cn.tiaoxi.gateway.ConformanceCase.post;
import static cn.tiaoxi.gateway.ConformanceCase.refused;

import java.util.List;

/** Where a request of HTTP/1.1 ends: lengths, transfer codings and chunks. */
final class FramingCases {
    private FramingCases() {}

    private static ConformanceCase length(String header) {
        return refused(header.replace("\r\n", " | "), post(header + "\r\n", "hello"));
    }

    static List<ConformanceCase> lengths() {
        return List.of(
                open("a body by length", post("Content-Length: 5\r\n", "hello"), "405"),
                open("leading zeros", post("Content-Length: 0005\r\n", "hello"), "405"),
                open("length between spaces", post("Content-Length: \t5 \r\n", "hello"), "405"),
                open("no body", post("", ""), "405"),
                open("a body on GET", get("/healthz", "Content-Length: 5\r\n") + "hello", "200"),
                length("Content-Length: 5\r\nContent-Length: 5"),
                length("Content-Length: 5\r\nContent-Length: 6"),
                length("Content-Length: 5\r\ncontent-length: 0"),
                length("Content-Length: 5, 5"),
                length("Content-Length: 5,6"),
                length("Content-Length: +5"),
                length("Content-Length: -5"),
                length("Content-Length: -0"),
                length("Content-Length: 5 5"),
                length("Content-Length: 0x5"),
                length("Content-Length: 5.0"),
                length("Content-Length: 5e0"),
                length("Content-Length: five"),
                length("Content-Length: "),
                length("Content-Length:"),
                length("Content-Length: ,5"),
                length("Content-Length: \u00b5"),
                length("Content-Length: 99999999999999999999"),
                length("Content-Length: 18446744073709551621"),
                length("Content-Length: 5\u000b"),
                length("Content-Length: 5\u0000"));
    }

    private static ConformanceCase coding(String headers) {
        return coding(headers, "400");
    }

    private static ConformanceCase coding(String headers, String status) {
        return closed(headers.replace("\r\n", " | "), post(headers + "\r\n", "0\r\n\r\n"), status);
    }

    static List<ConformanceCase> codings() {
        return List.of(
                open("chunked", post("Transfer-Encoding: chunked\r\n", "0\r\n\r\n"), "405"),
                open("Chunked", post("transfer-encoding: Chunked\r\n", "0\r\n\r\n"), "405"),
                coding("Transfer-Encoding: chunked\r\nContent-Length: 5"),
                coding("Content-Length: 5\r\nTransfer-Encoding: chunked"),
                coding("Content-Length: 0\r\nTransfer-Encoding: chunked"),
                coding("Transfer-Encoding: chunked\r\nContent-Length: x"),
                coding("Transfer-Encoding: identity\r\nContent-Length: 5"),
                coding("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked"),
                coding("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity"),
                coding("Transfer-Encoding: identity\r\nTransfer-Encoding: chunked"),
                coding("Transfer-Encoding: chunked, chunked"),
                coding("Transfer-Encoding: gzip, chunked", "501"),
                coding("Transfer-Encoding: identity, chunked", "501"),
                coding("Transfer-Encoding: chunked, identity"),
                coding("Transfer-Encoding: chunked, gzip"),
                coding("Transfer-Encoding: gzip"),
                coding("Transfer-Encoding: identity"),
                coding("Transfer-Encoding: xchunked"),
                coding("Transfer-Encoding: chunkedx"),
                coding("Transfer-Encoding: chunk ed"),
                coding("Transfer-Encoding: \"chunked\""),
                coding("Transfer-Encoding: 'chunked'"),
                coding("Transfer-Encoding: chunked;q=1"),
                coding("Transfer-Encoding: chunked,"),
                coding("Transfer-Encoding: ,chunked", "501"),
                coding("Transfer-Encoding:"),
                coding("Transfer-Encoding: \u000bchunked"),
                coding("Transfer-Encoding: chunked\u000c"),
                coding("Transfer-Encoding: \u0000chunked"),
                coding("Transfer-Encoding : chunked"),
                coding("Transfer-Encoding\t: chunked"),
                coding("Transfer_Encoding : chunked"),
                coding(" Transfer-Encoding: chunked"),
                coding("Transfer-Encoding:\r\n chunked"),
                coding("X: y\rTransfer-Encoding: chunked"),
                closed(
                        "chunked in HTTP/1.0",
                        post("Transfer-Encoding: chunked\r\n", "0\r\n\r\n")
                                .replace("HTTP/1.1", "HTTP/1.0"),
                        "400"));
    }

    private static ConformanceCase chunk(String name, String body) {
        return refused(name, post("Transfer-Encoding: chunked\r\n", body));
    }

    private static ConformanceCase chunked(String name, String body) {
        return open(name, post("Transfer-Encoding: chunked\r\n", body), "405");
    }

    static List<ConformanceCase> chunks() {
        return List.of(
                chunked("chunks", "5\r\nhello\r\n1\r\n!\r\n0\r\n\r\n"),
                chunked("hexadecimal sizes", "00A\r\n0123456789\r\na\r\n0123456789\r\n0\r\n\r\n"),
                chunked("many zeros at the end", "0000\r\n\r\n"),
                chunked("chunk extension", "5;a=b\r\nhello\r\n0;c\r\n\r\n"),
                chunked("quoted chunk extension", "5;a=\"b;c\"\r\nhello\r\n0\r\n\r\n"),
                chunked("trailers", "0\r\nX-Checksum: 1\r\n\r\n"),
                chunked(
                        "trailers that look like headers of a call",
                        "0\r\nSignature-Input: a\r\nHost: other\r\n\r\n"),
                chunk("chunk size beyond 64 bits", "10000000000000005\r\nhello\r\n0\r\n\r\n"),
                chunk("chunk size beyond 32 bits", "100000005\r\nhello\r\n0\r\n\r\n"),
                chunk("negative chunk size", "-5\r\nhello\r\n0\r\n\r\n"),
                chunk("chunk size with plus", "+5\r\nhello\r\n0\r\n\r\n"),
                chunk("chunk size with 0x", "0x5\r\nhello\r\n0\r\n\r\n"),
                chunk("chunk size with underscore", "0_5\r\nhello\r\n0\r\n\r\n"),
                chunk("no chunk size", "\r\nhello\r\n0\r\n\r\n"),
                chunk("extension without size", ";a=b\r\nhello\r\n0\r\n\r\n"),
                chunk("no hexadecimal", "g\r\nhello\r\n0\r\n\r\n"),
                chunk("space before the size", " 5\r\nhello\r\n0\r\n\r\n"),
                chunk("space after the size", "5 \r\nhello\r\n0\r\n\r\n"),
                chunk("tab after the size", "5\t\r\nhello\r\n0\r\n\r\n"),
                chunk("space within the size", "5 0\r\nhello\r\n0\r\n\r\n"),
                chunk("vertical tab after the size", "5\u000b\r\nhello\r\n0\r\n\r\n"),
                chunk("NUL in the size", "5\u0000\r\nhello\r\n0\r\n\r\n"),
                chunk("control character in an extension", "5;a\u0001\r\nhello\r\n0\r\n\r\n"),
                chunk("bare LF after the size", "5\nhello\r\n0\r\n\r\n"),
                chunk("bare CR in an extension", "5;\rx\r\nhello\r\n0\r\n\r\n"),
                chunk("bare LF in an extension", "5;\nx\r\nhello\r\n0\r\n\r\n"),
                chunk("CR after the size", "5\r\r\nhello\r\n0\r\n\r\n"),
                chunk("bare LF after the data", "5\r\nhello\n0\r\n\r\n"),
                chunk("bare CR after the data", "5\r\nhello\r0\r\n\r\n"),
                chunk("data beyond its size", "5\r\nhelloXX0\r\n\r\n"),
                chunk("data beyond its size, then a line end", "5\r\nhelloX\r\n0\r\n\r\n"),
                chunk("bare LF at the end", "0\r\n\n"),
                chunk("bare LF after the last size", "0\n\r\n"),
                chunked("folded trailer", "0\r\nX: y\r\n z\r\n\r\n"),
                chunk("trailer without colon", "0\r\nnonsense\r\n\r\n"),
                chunk("space before a trailer's colon", "0\r\nX : y\r\n\r\n"),
                chunked("length as trailer", "0\r\nContent-Length: 50\r\n\r\n"),
                chunked("coding as trailer", "0\r\nTransfer-Encoding: chunked\r\n\r\n"),
                closed(
                        "an endless extension",
                        post(
                                "Transfer-Encoding: chunked\r\n",
                                "5;" + "a".repeat(20_000) + "\r\nhello\r\n0\r\n\r\n"),
                        "413"),
                closed(
                        "endless trailers",
                        post(
                                "Transfer-Encoding: chunked\r\n",
                                "0\r\n" + ("X: " + "a".repeat(100) + "\r\n").repeat(200) + "\r\n"),
                        "431"),
                closed(
                        "a body of too many chunks",
                        post(
                                "Transfer-Encoding: chunked\r\n",
                                ("800\r\n" + "a".repeat(0x800) + "\r\n").repeat(17) + "0\r\n\r\n"),
                        "413"));
    }
}
