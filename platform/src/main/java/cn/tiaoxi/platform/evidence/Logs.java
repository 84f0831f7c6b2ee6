package cn.tiaoxi.platform.evidence;

import cn.tiaoxi.contract.LogKeys;
import cn.tiaoxi.contract.Sm2NoteKey;
import cn.tiaoxi.contract.TraceRecord;
import cn.tiaoxi.trace.ArchivedTileSource;
import cn.tiaoxi.trace.Checkpoint;
import cn.tiaoxi.trace.CosignatureKey;
import cn.tiaoxi.trace.CosignatureSigner;
import cn.tiaoxi.trace.FolderTileSource;
import cn.tiaoxi.trace.Hash;
import cn.tiaoxi.trace.HttpTileSource;
import cn.tiaoxi.trace.LastingLog;
import cn.tiaoxi.trace.NoteVerifier;
import cn.tiaoxi.trace.SignedNote;
import cn.tiaoxi.trace.Tile;
import cn.tiaoxi.trace.TileSource;
import cn.tiaoxi.trace.TlogProof;
import cn.tiaoxi.trace.TraceException;
import cn.tiaoxi.trace.TraceReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The logs that the platform knows: its own and those of its gateways. */
@Component
public class Logs {
    private static final Logger LOG = LoggerFactory.getLogger(Logs.class);
    private static final Duration ASKING = Duration.ofSeconds(3);

    private final LogStore store;
    private final LastingLog own;
    private final LogKeys keys;
    private final TraceArchive archive;
    private final WitnessStore witnesses;
    private final CosignatureSigner cosigner;
    private final Incidents incidents;
    private final Clock clock;
    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(3))
                    .build();

    Logs(
            LogStore store,
            LastingLog own,
            LogKeys keys,
            TraceArchive archive,
            WitnessStore witnesses,
            CosignatureSigner cosigner,
            Incidents incidents,
            Clock clock) {
        this.store = store;
        this.witnesses = witnesses;
        this.cosigner = cosigner;
        this.incidents = incidents;
        this.clock = clock;
        this.keys = keys;
        this.archive = archive;
        this.own = own;
    }

    /**
     * A log and how far the platform has checked it.
     *
     * @param origin name of the log
     * @param owner {@code platform}, or the gateway's identifier
     * @param key verifier key
     * @param size number of entries checked
     * @param rootHash Merkle root over them, lower-case hexadecimal
     * @param checked when the log was last checked
     * @param reached when the log last answered
     * @param problem what is wrong with it, null while all is well: a code of {@link
     *     TraceException}, {@code STOPPED} if it has not answered for 45 seconds, {@code STALLED}
     *     if no checkpoint has covered for as long what its gateway says is durable, {@code
     *     KEY_CHANGED}, {@code RECORD_UNREADABLE}
     * @param cosigned who cosigned its newest cosigned checkpoint
     * @param witnesses who is asked to cosign it; empty for a gateway's, which the platform cosigns
     * @param incidents what it did that no honest log does, the newest first
     */
    public record Known(
            String origin,
            String owner,
            String key,
            long size,
            String rootHash,
            @Nullable Instant checked,
            @Nullable Instant reached,
            @Nullable String problem,
            List<Cosignature> cosigned,
            List<AskedWitness> witnesses,
            List<Incidents.Incident> incidents) {
        public Known {
            cosigned = List.copyOf(cosigned);
            witnesses = List.copyOf(witnesses);
            incidents = List.copyOf(incidents);
        }
    }

    /** An entry proved to be in its log. */
    public record Proved(TraceReader.Inclusion inclusion, byte[] leaf) {}

    /**
     * An entry with a proof that others can check without us.
     *
     * @param leaf the entry's bytes
     * @param proof leads to a checkpoint with all its signatures
     * @param key verifier key of the log
     * @param witnesses verifier keys of those that cosigned the checkpoint
     */
    public record Attested(byte[] leaf, TlogProof proof, String key, List<String> witnesses) {
        public Attested {
            witnesses = List.copyOf(witnesses);
        }
    }

    /**
     * Follows a gateway's log from now on. The key that a gateway tells first stays: another one
     * later is a problem to look into, not a reason to believe it.
     *
     * @param nationalKey verifier key of its second signature, SM2; null of an older gateway
     * @param token what the gateway wants to see before it shows its log
     */
    public void follow(
            String gateway,
            String address,
            String origin,
            String key,
            @Nullable String nationalKey,
            String token) {
        NoteVerifier.parse(key);
        if (nationalKey != null) {
            Sm2NoteKey.parse(nationalKey);
        }
        store.follow(gateway, address + "/trace", origin, key, nationalKey, token);
    }

    /** Like the other, for a log with one key. */
    public void follow(String gateway, String address, String origin, String key, String token) {
        follow(gateway, address, origin, key, null, token);
    }

    /**
     * What a gateway says is durable in its log: a checkpoint has to cover it soon.
     *
     * @param size number of records
     */
    public void durable(String origin, long size) {
        store.owes(origin, size, clock.instant());
    }

    /** Origin of the platform's own log. */
    public String own() {
        return own.log().checkpoint().origin();
    }

    /** All logs, the platform's own first. */
    public List<Known> all() {
        List<Known> known = new ArrayList<>();
        Checkpoint checkpoint = own.log().checkpoint();
        Instant now = clock.instant();
        known.add(
                new Known(
                        checkpoint.origin(),
                        "platform",
                        own.log().verifier().vkey(),
                        checkpoint.size(),
                        checkpoint.root().hex(),
                        now,
                        now,
                        incidents.open(own()).orElse(null),
                        witnesses.cosignatures(own()),
                        witnesses.asked(),
                        incidents.of(own())));
        store.followed().forEach(f -> known.add(known(f)));
        return known;
    }

    private Known known(LogStore.Followed log) {
        return new Known(
                log.origin(),
                log.owner(),
                log.key(),
                log.size(),
                log.rootHash(),
                log.checked(),
                log.reached(),
                log.problem(),
                witnesses.cosignatures(log.origin()),
                List.of(),
                incidents.of(log.origin()));
    }

    /**
     * The newest checkpoint of a log that witnesses cosigned, with all its signatures: the log's
     * and theirs. It lags behind the log by seconds.
     */
    public Optional<SignedNote> cosigned(String origin) {
        return witnesses.cosigned(origin);
    }

    /**
     * Reads one entry and proves that it is in its log.
     *
     * @return nothing for the moment in which an entry is durable but no checkpoint covers it yet
     */
    public Optional<Proved> prove(String origin, long index) {
        TraceReader reader = reader(origin);
        if (reader.refresh().size() <= index) {
            return Optional.empty();
        }
        return Optional.of(new Proved(reader.inclusion(index), reader.read(index).data()));
    }

    /**
     * Entries of one log with proofs that lead to the same checkpoint, in the order asked for: to
     * the newest that witnesses cosigned if it covers all, else to the newest.
     *
     * @param indexes below the log's size, not empty
     */
    public List<Attested> attest(String origin, List<Long> indexes) {
        long last = indexes.stream().mapToLong(Long::longValue).max().orElseThrow();
        TraceReader reader =
                cosigned(origin)
                        .filter(note -> Checkpoint.parse(note.text()).size() > last)
                        .map(note -> reader(origin, note))
                        .orElseGet(() -> reader(origin));
        reader.refresh();
        String key =
                origin.equals(own.log().checkpoint().origin())
                        ? own.log().verifier().vkey()
                        : store.followed(origin).orElseThrow().key();
        List<String> cosigners = cosigners(SignedNote.parse(reader.note()));
        return indexes.stream()
                .map(
                        index ->
                                new Attested(
                                        reader.read(index).data(),
                                        TlogProof.of(reader.inclusion(index), reader.note()),
                                        key,
                                        cosigners))
                .toList();
    }

    /** The keys of those known to the platform, itself among them, that cosigned a checkpoint. */
    private List<String> cosigners(SignedNote note) {
        return Stream.concat(Stream.of(cosigner.verifier()), witnesses.keys().stream())
                .filter(key -> key.time(note).isPresent())
                .map(CosignatureKey::vkey)
                .toList();
    }

    /**
     * Asks the gateways for a record that the platform may not have read yet. What it says is not
     * checked; it will be when it is read.
     */
    public Optional<TraceRecord> onItsWay(UUID id) {
        for (LogStore.Followed log : store.followed()) {
            Optional<TraceRecord> found = asked(log, id);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Optional<TraceRecord> asked(LogStore.Followed log, UUID id) {
        URI gateway = URI.create(log.address().replaceFirst("/trace$", "/watch/records/" + id));
        HttpRequest request =
                HttpRequest.newBuilder(gateway)
                        .timeout(ASKING)
                        .header("Authorization", "Bearer " + log.token())
                        .build();
        try {
            HttpResponse<byte[]> answer =
                    client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return answer.statusCode() == 200
                    ? Optional.of(TraceRecord.fromBytes(answer.body()))
                            .filter(record -> record.id().equals(id.toString()))
                    : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            LOG.debug("{} was asked for a record in vain: {}", log.owner(), e.toString());
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** A reader of the tree that a note of a log signs. */
    private TraceReader reader(String origin, SignedNote note) {
        boolean mine = origin.equals(own.log().checkpoint().origin());
        TileSource tiles = mine ? ownTiles() : source(store.followed(origin).orElseThrow());
        NoteVerifier key =
                mine
                        ? own.log().verifier()
                        : NoteVerifier.parse(store.followed(origin).orElseThrow().key());
        return new TraceReader(
                path ->
                        path.equals(Tile.CHECKPOINT)
                                ? Optional.of(note.encode())
                                : tiles.fetch(path),
                key,
                null);
    }

    private TileSource ownTiles() {
        return new ArchivedTileSource(new FolderTileSource(own.log().folder()), archive.folder());
    }

    private TraceReader reader(String origin) {
        if (origin.equals(own.log().checkpoint().origin())) {
            return new TraceReader(
                    ownTiles(), own.log().verifier(), List.of(keys.national()), null);
        }
        return reader(store.followed(origin).orElseThrow());
    }

    /** A reader that goes on where the log was last checked. */
    TraceReader reader(LogStore.Followed followed) {
        return new TraceReader(
                source(followed),
                NoteVerifier.parse(followed.key()),
                followed.nationalKey() == null
                        ? List.of()
                        : List.of(Sm2NoteKey.parse(followed.nationalKey())),
                lastSeen(followed));
    }

    TileSource source(LogStore.Followed followed) {
        return new HttpTileSource(client, URI.create(followed.address()), followed.token());
    }

    /** What was checked last, to which anything new must be consistent. */
    static @Nullable Checkpoint lastSeen(LogStore.Followed followed) {
        return followed.size() == 0
                ? null
                : new Checkpoint(
                        followed.origin(), followed.size(), Hash.ofHex(followed.rootHash()));
    }
}
