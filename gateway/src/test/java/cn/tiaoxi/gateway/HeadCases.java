package cn.tiaoxi.gateway;

import static cn.tiaoxi.gateway.ConformanceCase.closed;
import static cn.tiaoxi.gateway.ConformanceCase.get;
import static cn.tiaoxi.gateway.ConformanceCase.open;
import static cn.tiaoxi.gateway.ConformanceCase.post;
import static cn.tiaoxi.gateway.ConformanceCase.refused;

import java.util.List;

/** Heads of HTTP/1.1 requests: lines, hosts, targets, versions, connections and sizes. */
final class HeadCases {
    private HeadCases() {}

    private static ConformanceCase header(String name, String line) {
        return refused(name, get("/healthz", line + "\r\n"));
    }

    private static ConformanceCase line(String name, String requestLine) {
        return refused(name, requestLine + "Host: {host}\r\n\r\n");
    }

    static List<ConformanceCase> lines() {
        return List.of(
                open("a header without value", get("/healthz", "X:\r\n"), "200"),
                open("a header with spaces around", get("/healthz", "X: \t y \t\r\n"), "200"),
                open("a tab in a value", get("/healthz", "X: a\tb\r\n"), "200"),
                open("a value of Latin-1", get("/healthz", "X: \u00e9\r\n"), "200"),
                open("an empty line before", "\r\n" + get("/healthz", ""), "200"),
                header("folded header", "X: a\r\n b"),
                header("header folded with a tab", "X: a\r\n\tb"),
                header("folded to nothing", "X: a\r\n "),
                header("space before the colon", "X : a"),
                header("tab before the colon", "X\t: a"),
                header("space within a name", "X Y: a"),
                header("no name", ": a"),
                header("space as name", " : a"),
                header("no colon", "nonsense"),
                header("NUL in a name", "X\u0000: a"),
                header("NUL in a value", "X: a\u0000b"),
                header("control character in a name", "X\u0001: a"),
                header("control character in a value", "X: a\u0001b"),
                header("vertical tab in a value", "X: a\u000bb"),
                header("DEL in a value", "X: a\u007fb"),
                header("DEL in a name", "X\u007f: a"),
                header("bare CR in a value", "X: a\rb"),
                header("bare CR and a header", "X: a\rContent-Length: 5"),
                header("bare LF in a value", "X: a\nContent-Length: 5"),
                header("CR before CRLF", "X: a\r"),
                header("parentheses in a name", "X(Y): a"),
                header("slash in a name", "X/Y: a"),
                header("name of Latin-1", "\u00e9: a"),
                header("a name in quotes", "\"X\": a"),
                refused("bare LF everywhere", get("/healthz", "").replace("\r\n", "\n")),
                refused("bare LF at the end", "GET /healthz HTTP/1.1\r\nHost: {host}\r\n\n"),
                refused("bare CR everywhere", get("/healthz", "").replace("\r\n", "\r") + "\n"),
                refused("bare LF after the request line", "GET / HTTP/1.1\nHost: {host}\r\n\r\n"),
                refused("space before the first header", "GET / HTTP/1.1\r\n Host: {host}\r\n\r\n"),
                refused("two empty lines before", "\r\n\r\n" + get("/healthz", "")),
                refused("bare LF before", "\n" + get("/healthz", "")),
                refused("space before", " " + get("/healthz", "")),
                refused("NUL before", "\u0000" + get("/healthz", "")),
                refused("control characters before", "\u0001\u0002" + get("/healthz", "")),
                line("two spaces", "GET  /healthz HTTP/1.1\r\n"),
                line("tab for space", "GET\t/healthz HTTP/1.1\r\n"),
                line("tab before the version", "GET /healthz\tHTTP/1.1\r\n"),
                line("vertical tab for space", "GET\u000b/healthz HTTP/1.1\r\n"),
                line("CR for space", "GET\r/healthz HTTP/1.1\r\n"),
                line("space at the end", "GET /healthz HTTP/1.1 \r\n"),
                line("space in the target", "GET /heal thz HTTP/1.1\r\n"),
                line("one word", "NONSENSE\r\n"),
                line("no target", "GET HTTP/1.1\r\n"),
                line("bare CR at the end", "GET /healthz HTTP/1.1\r\r\n"),
                line("a method with a colon", "GE:T /healthz HTTP/1.1\r\n"),
                line("a method in brackets", "<GET> /healthz HTTP/1.1\r\n"));
    }

    private static ConformanceCase host(String name, String lines) {
        return refused(name, "GET /healthz HTTP/1.1\r\n" + lines + "\r\n");
    }

    static List<ConformanceCase> hosts() {
        return List.of(
                host("no host", ""),
                host("two hosts", "Host: {host}\r\nHost: {host}\r\n"),
                host("two different hosts", "Host: {host}\r\nHost: other\r\n"),
                host("an empty host", "Host:\r\n"),
                host("a host of spaces", "Host:   \r\n"),
                host("a list of hosts", "Host: {host}, other\r\n"),
                host("a host with a user", "Host: user@{host}\r\n"),
                host("a host with user and password", "Host: user:secret@{host}\r\n"),
                host("a host with a path", "Host: {host}/x\r\n"),
                host("a host with a scheme", "Host: http://{host}\r\n"),
                host("a host with a space", "Host: a b\r\n"),
                host("a host with a query", "Host: {host}?x\r\n"),
                host("a host with a fragment", "Host: {host}#x\r\n"),
                host("a host with a port of letters", "Host: localhost:80a\r\n"),
                host("a host with an empty port", "Host: localhost:\r\n"),
                host("a host with a long port", "Host: localhost:000080\r\n"),
                host("a host with two ports", "Host: localhost:80:80\r\n"),
                host("only a port", "Host: :80\r\n"),
                host("an open bracket", "Host: [::1\r\n"),
                host("a closing bracket", "Host: ::1]\r\n"),
                host("letters behind the bracket", "Host: [::1]x:80\r\n"),
                host("a host of Latin-1", "Host: \u00e9\r\n"),
                host("a percent sign in the host", "Host: local%68ost\r\n"),
                host("a very long host", "Host: " + "a".repeat(400) + "\r\n"),
                open(
                        "somebody else's host",
                        "GET /api/x HTTP/1.1\r\nHost: elsewhere:80\r\n\r\n",
                        "421"),
                open(
                        "a host in capitals",
                        get("/healthz", "").replace("{host}", "LOCALHOST"),
                        "200"));
    }

    static List<ConformanceCase> targets() {
        return List.of(
                open("absolute form", get("http://{host}/healthz", ""), "200"),
                open("absolute form in capitals", get("HTTP://{host}/healthz", ""), "200"),
                open("absolute form without path", get("http://{host}", ""), "404"),
                open("absolute form with a query only", get("http://{host}?a=b", ""), "404"),
                refused("absolute form with another host", get("http://other/healthz", "")),
                refused("absolute form with a user", get("http://u@{host}/healthz", "")),
                refused("absolute form with another scheme", get("https://{host}/healthz", "")),
                refused("absolute form of a file", get("file:///etc/passwd", "")),
                refused("absolute form without host", get("http:///healthz", "")),
                refused("a target without slash", get("healthz", "")),
                refused("a target that is a query", get("?a=b", "")),
                refused("authority form with GET", get("{host}", "")),
                refused("asterisk form with GET", get("*", "")),
                open("asterisk form", get("*", "").replace("GET", "OPTIONS"), "405"),
                open("OPTIONS", get("/api/x", "").replace("GET", "OPTIONS"), "405"),
                closed("CONNECT", "CONNECT other:443 HTTP/1.1\r\nHost: other:443\r\n\r\n", "405"),
                closed("CONNECT to a path", get("/x", "").replace("GET", "CONNECT"), "405"),
                open("TRACE", get("/x", "").replace("GET", "TRACE"), "405"),
                open("PUT", get("/x", "").replace("GET", "PUT"), "405"),
                open("an unknown method", get("/x", "").replace("GET", "BREW"), "405"),
                open("a method in lower case", get("/x", "").replace("GET", "get"), "405"),
                open("two slashes", get("//healthz", ""), "404"),
                open("dots", get("/../healthz", ""), "404"),
                open("an encoded slash", get("/%2fhealthz", ""), "404"),
                open("an encoded NUL", get("/%00", ""), "404"),
                refused("a fragment", get("/healthz#x", "")),
                refused("a backslash", get("\\healthz", "")),
                refused("NUL in the target", get("/heal\u0000thz", "")),
                refused("a control character in the target", get("/heal\u0001thz", "")),
                refused("DEL in the target", get("/heal\u007fthz", "")),
                refused("Latin-1 in the target", get("/\u00e9", "")),
                refused("quotes in the target", get("/\"", "")));
    }

    private static ConformanceCase version(String version, String status) {
        return closed(
                version.isEmpty() ? "no version" : version,
                get("/healthz", "").replace(" HTTP/1.1", version),
                status);
    }

    static List<ConformanceCase> versions() {
        return List.of(
                open("HTTP/1.2", get("/healthz", "").replace("HTTP/1.1", "HTTP/1.2"), "200"),
                version(" HTTP/1.0", "200"),
                version(" HTTP/0.9", "505"),
                version(" HTTP/2.0", "505"),
                version(" HTTP/3.0", "505"),
                version(" HTTP/2", "400"),
                version(" HTTP/1", "400"),
                version(" HTTP/1.", "400"),
                version(" HTTP/1.10", "400"),
                version(" HTTP/01.1", "400"),
                version(" HTTP/1,1", "400"),
                version(" http/1.1", "400"),
                version(" HTTP /1.1", "400"),
                version(" HTTPS/1.1", "400"),
                version(" ICE/1.0", "400"),
                version(" RTSP/1.0", "400"),
                version("", "400"),
                closed("HTTP/0.9", "GET /healthz\r\n", "400"),
                closed(
                        "HTTP/1.0 that wants to stay",
                        get("/healthz", "Connection: keep-alive\r\n")
                                .replace("HTTP/1.1", "HTTP/1.0"),
                        "200"),
                closed("HTTP/1.0 without host", "GET /healthz HTTP/1.0\r\n\r\n", "400"));
    }

    static List<ConformanceCase> connections() {
        return List.of(
                closed("close", get("/healthz", "Connection: close\r\n"), "200"),
                closed("Close", get("/healthz", "connection: Close\r\n"), "200"),
                closed("close in a list", get("/healthz", "Connection: x, close\r\n"), "200"),
                closed(
                        "close in a second header",
                        get("/healthz", "Connection: x\r\nConnection: close\r\n"),
                        "200"),
                open("keep-alive", get("/healthz", "Connection: keep-alive\r\n"), "200"),
                open("Host named as hop", get("/healthz", "Connection: Host\r\n"), "200"),
                open("pipelined", get("/healthz", "").repeat(3), "200 200 200"),
                open(
                        "pipelined with bodies",
                        post("Content-Length: 2\r\n", "ab").repeat(2) + get("/healthz", ""),
                        "405 405 200"),
                closed("pipelined with a bad one", get("/healthz", "") + "X\r\n\r\n", "200 400"),
                open(
                        "upgrade to HTTP/2",
                        get(
                                "/healthz",
                                "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
                                        + "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n"),
                        "200"),
                open(
                        "upgrade to WebSocket",
                        get("/healthz", "Connection: Upgrade\r\nUpgrade: websocket\r\n"),
                        "200"),
                closed("another expectation", post("Expect: magic\r\n", ""), "417"),
                closed(
                        "two expectations",
                        post("Expect: 100-continue, magic\r\nContent-Length: 0\r\n", ""),
                        "417"),
                open(
                        "an expectation without a body",
                        get("/x", "Expect: 100-continue\r\n"),
                        "100 404"),
                closed(
                        "an expectation for too large a body",
                        post("Expect: 100-continue\r\nContent-Length: 99999\r\n", ""),
                        "413"));
    }

    static List<ConformanceCase> sizes() {
        return List.of(
                closed("a long target", get("/" + "a".repeat(17_000), ""), "414"),
                closed("a long method", "A".repeat(17_000) + " / HTTP/1.1\r\n\r\n", "414"),
                closed("a long header", get("/x", "X: " + "a".repeat(17_000) + "\r\n"), "431"),
                closed("a long name", get("/x", "X".repeat(17_000) + ": a\r\n"), "431"),
                closed(
                        "long headers",
                        get("/x", ("X: " + "a".repeat(400) + "\r\n").repeat(50)),
                        "431"),
                closed("many headers", get("/x", "X: a\r\n".repeat(101)), "431"),
                open("a hundred headers", get("/healthz", "X: a\r\n".repeat(99)), "200"),
                closed(
                        "a large body",
                        post("Content-Length: 32769\r\n", "a".repeat(32_769)),
                        "413"),
                open(
                        "the largest body",
                        post("Content-Length: 32768\r\n", "a".repeat(32_768)),
                        "405"));
    }
}
