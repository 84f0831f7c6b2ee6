package cn.tiaoxi.platform.sharing;

import cn.tiaoxi.contract.SubjectDigests;
import cn.tiaoxi.contract.SubjectRule;
import cn.tiaoxi.platform.database.DataFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The keys of the digests that delivered rows leave in the trace. They stand in a file of their own
 * and nowhere else: without it the digests say nothing, and whoever holds it can ask the trace
 * about any person. Gateways get the newest sealed. An older key stays, so that what was delivered
 * under it can be found.
 */
@Component
public class SubjectKeys {
    private static final String FILE = "subject-digests.json";
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyyMMdd").withZone(ZoneOffset.UTC);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<List<Kept>> KEYS = new TypeReference<>() {};

    private final Path file;
    private final GatewayKeys gatewayKeys;
    private final Clock clock;
    private volatile List<Kept> keys = List.of();

    /** The keys ready for use, the newest last: a leaked file asks for millions of digests. */
    private volatile Map<String, SubjectDigests> opened = Map.of();

    /** A key as the file holds it; sealed once, so that policies do not change without need. */
    private record Kept(String id, Instant made, String key, String sealed) {}

    SubjectKeys(DataFolder data, GatewayKeys gatewayKeys, Clock clock) {
        this.file = data.folder("keys").resolve(FILE);
        this.gatewayKeys = gatewayKeys;
        this.clock = clock;
        hold(read());
    }

    private void hold(List<Kept> all) {
        Map<String, SubjectDigests> ready = new LinkedHashMap<>();
        all.forEach(
                k -> ready.put(k.id(), new SubjectDigests(Base64.getDecoder().decode(k.key()))));
        this.opened = ready;
        this.keys = List.copyOf(all);
    }

    /**
     * A key.
     *
     * @param id identifier, in each record that has digests under it
     */
    public record Known(String id, Instant made) {}

    /** All keys, the newest last. */
    public List<Known> all() {
        return keys.stream().map(k -> new Known(k.id(), k.made())).toList();
    }

    /** The digests of one subject under every key, by the key's identifier. */
    public Map<String, Long> digests(String kind, String value) {
        Map<String, Long> digests = new LinkedHashMap<>();
        opened.forEach((id, of) -> digests.put(id, of.digest(kind, value)));
        return digests;
    }

    /**
     * The digests of one key.
     *
     * @throws IllegalArgumentException if there is no such key
     */
    public SubjectDigests digests(String id) {
        SubjectDigests digests = opened.get(id);
        if (digests == null) {
            throw new IllegalArgumentException("No digest key " + id);
        }
        return digests;
    }

    /** What gateways are told of a subject. */
    SubjectRule rule(Subject subject) {
        Kept newest = keys.getLast();
        return new SubjectRule(subject.column(), subject.kind(), newest.id(), newest.sealed());
    }

    /** Begins a new key, durable when this returns; gateways learn it with the next policy. */
    synchronized Known begin() {
        Kept made = make();
        List<Kept> all = new ArrayList<>(keys);
        all.add(made);
        write(all);
        hold(all);
        return new Known(made.id(), made.made());
    }

    private List<Kept> read() {
        try {
            List<Kept> found =
                    Files.exists(file) ? JSON.readValue(Files.readString(file), KEYS) : List.of();
            List<Kept> usable = new ArrayList<>(found.stream().map(this::resealed).toList());
            if (usable.isEmpty()) {
                usable.add(make());
            }
            if (!usable.equals(found)) {
                write(usable);
            }
            return List.copyOf(usable);
        } catch (IOException e) {
            throw new UncheckedIOException("The digest keys cannot be read: " + file, e);
        }
    }

    /** The same, sealed with the token of now. */
    private Kept resealed(Kept kept) {
        try {
            gatewayKeys.sealed().open(SubjectRule.sealedFor(kept.id()), kept.sealed());
            return kept;
        } catch (IllegalArgumentException e) {
            return sealed(kept.id(), kept.made(), Base64.getDecoder().decode(kept.key()));
        }
    }

    private Kept make() {
        SecureRandom random = new SecureRandom();
        byte[] key = new byte[SubjectDigests.KEY_BYTES];
        random.nextBytes(key);
        byte[] mark = new byte[2];
        random.nextBytes(mark);
        Instant now = clock.instant();
        return sealed(DAY.format(now) + "-" + HexFormat.of().formatHex(mark), now, key);
    }

    private Kept sealed(String id, Instant made, byte[] key) {
        return new Kept(
                id,
                made,
                Base64.getEncoder().encodeToString(key),
                gatewayKeys.sealed().seal(SubjectRule.sealedFor(id), key));
    }

    private void write(List<Kept> all) {
        try {
            DataFolder.writePrivate(file, JSON.writeValueAsString(all));
        } catch (IOException e) {
            throw new UncheckedIOException("The digest keys cannot be kept: " + file, e);
        }
    }
}
