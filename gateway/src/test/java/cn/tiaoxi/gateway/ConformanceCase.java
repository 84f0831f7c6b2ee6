package cn.tiaoxi.gateway;

/**
 * One thing that can come on a connection.
 *
 * @param name what is unusual about it
 * @param bytes what is sent, one character a byte; {@code {host}} stands for the gateway's
 * @param statuses statuses of the answers
 * @param closed whether the gateway closes the connection after them
 */
record ConformanceCase(String name, String bytes, String statuses, boolean closed) {
    private static final String HIDDEN = "GET /api/smuggled HTTP/1.1\r\nHost: {host}\r\n\r\n";

    /** The statuses that are read until the end, the last one of a request that ends it. */
    String expected() {
        return closed ? statuses : statuses + " 200";
    }

    @Override
    public String toString() {
        return name;
    }

    static String get(String target, String headers) {
        return "GET " + target + " HTTP/1.1\r\nHost: {host}\r\n" + headers + "\r\n";
    }

    /** A request with a body, which no interface takes. */
    static String post(String headers, String body) {
        return "POST /nothing HTTP/1.1\r\nHost: {host}\r\n" + headers + "\r\n" + body;
    }

    static ConformanceCase refused(String name, String bytes) {
        return closed(name, bytes, "400");
    }

    static ConformanceCase closed(String name, String bytes, String status) {
        return new ConformanceCase(name, bytes + HIDDEN, status, true);
    }

    static ConformanceCase open(String name, String bytes, String status) {
        return new ConformanceCase(name, bytes, status, false);
    }
}
