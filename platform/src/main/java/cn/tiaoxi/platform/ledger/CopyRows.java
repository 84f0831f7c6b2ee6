package cn.tiaoxi.platform.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import tools.jackson.databind.json.JsonMapper;

/**
 * Rows in the binary format of PostgreSQL's COPY (its manual, "COPY", "Binary Format"): nothing is
 * escaped, and the server parses only what is JSON. Values are given in the order of the columns.
 */
final class CopyRows {
    private static final byte[] HEAD = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
    };
    private static final int FIRST_SIZE = 1 << 16;
    private static final byte JSONB_VERSION = 1;

    /** Timestamps count microseconds from here. */
    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");

    private final JsonMapper json;
    private final int columns;
    private ByteBuffer bytes = ByteBuffer.allocate(FIRST_SIZE).put(HEAD);

    /**
     * @param columns how many values a row has
     */
    CopyRows(JsonMapper json, int columns) {
        this.json = json;
        this.columns = columns;
    }

    boolean isEmpty() {
        return bytes.position() == HEAD.length;
    }

    CopyRows row() {
        room(Short.BYTES).putShort((short) columns);
        return this;
    }

    CopyRows uuid(@Nullable String id) {
        if (id == null) {
            return nothing();
        }
        UUID uuid = UUID.fromString(id);
        length(2 * Long.BYTES)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits());
        return this;
    }

    CopyRows text(@Nullable String text) {
        if (text == null) {
            return nothing();
        }
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        length(encoded.length).put(encoded);
        return this;
    }

    CopyRows json(Object value) {
        byte[] encoded = json.writeValueAsBytes(value);
        length(1 + encoded.length).put(JSONB_VERSION).put(encoded);
        return this;
    }

    CopyRows integer(int value) {
        length(Integer.BYTES).putInt(value);
        return this;
    }

    CopyRows bigint(long value) {
        length(Long.BYTES).putLong(value);
        return this;
    }

    CopyRows bool(boolean value) {
        length(1).put((byte) (value ? 1 : 0));
        return this;
    }

    CopyRows time(Instant time) {
        Duration since = Duration.between(EPOCH, time);
        return bigint(since.getSeconds() * 1_000_000 + since.getNano() / 1_000);
    }

    private CopyRows nothing() {
        room(Integer.BYTES).putInt(-1);
        return this;
    }

    private ByteBuffer length(int length) {
        return room(Integer.BYTES + length).putInt(length);
    }

    private ByteBuffer room(int more) {
        if (bytes.remaining() < more) {
            int needed = bytes.position() + more;
            byte[] larger = Arrays.copyOf(bytes.array(), Math.max(needed, 2 * bytes.capacity()));
            bytes = ByteBuffer.wrap(larger).position(bytes.position());
        }
        return bytes;
    }

    /**
     * Sends the rows.
     *
     * @param sql a COPY from STDIN WITH BINARY
     */
    void send(Connection connection, String sql) throws SQLException {
        room(Short.BYTES).putShort((short) -1);
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
        try {
            copy.writeToCopy(bytes.array(), 0, bytes.position());
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }
}
