package cn.tiaoxi.gateway;

import java.time.Duration;

/**
 * How much of anything a gateway takes on.
 *
 * @param connections open connections; one more is closed at once
 * @param servingCalls calls that wait for the database at the same time
 * @param nonces nonces remembered within the replay window
 * @param requestBytes bytes of the request line and of the headers, each; a body has twice as many
 * @param reading time from a request's first byte to its last
 * @param answering time from a request's last byte to its answer's last
 * @param idle time without a request
 * @param serving time for one query
 * @param tracing time for a trace record to become durable
 */
record Limits(
        int connections,
        int servingCalls,
        int nonces,
        int requestBytes,
        Duration reading,
        Duration answering,
        Duration idle,
        Duration serving,
        Duration tracing) {

    /** Most bytes of a body: a thousand identifiers have room. */
    int bodyBytes() {
        return 2 * requestBytes;
    }

    /** What a gateway with 128 MB of heap carries. */
    static Limits standard() {
        return new Limits(
                2_000,
                256,
                500_000,
                16_384,
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofSeconds(75),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5));
    }
}
