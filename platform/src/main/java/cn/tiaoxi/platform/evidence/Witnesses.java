package cn.tiaoxi.platform.evidence;

import cn.tiaoxi.trace.Checkpoint;
import cn.tiaoxi.trace.CosignatureKey;
import cn.tiaoxi.trace.FolderTileSource;
import cn.tiaoxi.trace.LastingLog;
import cn.tiaoxi.trace.SignedNote;
import cn.tiaoxi.trace.Tile;
import cn.tiaoxi.trace.TraceException;
import cn.tiaoxi.trace.WitnessClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Has the platform's own log cosigned by its gateways and by witnesses that others run, so that the
 * platform cannot show two histories. What a gateway tells first as its witness's key stays.
 */
@Component
class Witnesses {
    private static final Logger LOG = LoggerFactory.getLogger(Witnesses.class);
    private static final Duration ASKING = Duration.ofSeconds(3);
    private static final int LONGEST_KEY = 1000;

    private final WitnessStore store;
    private final LogStore logs;
    private final LastingLog own;
    private final Incidents incidents;
    private final TraceProperties properties;
    private final Clock clock;
    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(ASKING)
                    .build();

    Witnesses(
            WitnessStore store,
            LogStore logs,
            LastingLog own,
            Incidents incidents,
            TraceProperties properties,
            Clock clock) {
        this.store = store;
        this.logs = logs;
        this.own = own;
        this.incidents = incidents;
        this.properties = properties;
        this.clock = clock;
    }

    /** One that is asked. */
    private record Asked(URI address, String owner, @Nullable String token) {}

    /** Asks all of them for the present checkpoint and keeps it with what they signed. */
    @Scheduled(fixedDelayString = "PT5S", initialDelayString = "PT5S")
    void ask() {
        FolderTileSource source = new FolderTileSource(own.log().folder());
        byte[] note = source.fetch(Tile.CHECKPOINT).orElse(new byte[0]);
        if (note.length == 0) {
            return;
        }
        List<SignedNote.Line> lines = new ArrayList<>();
        for (Asked asked : all()) {
            cosign(asked, source, note).ifPresent(lines::add);
        }
        if (!lines.isEmpty()) {
            SignedNote cosigned = SignedNote.parse(note);
            for (SignedNote.Line line : lines) {
                cosigned = cosigned.with(line);
            }
            store.keep(cosigned, clock.instant());
        }
    }

    private List<Asked> all() {
        List<Asked> all = new ArrayList<>();
        for (LogStore.Followed log : logs.followed()) {
            if (!LogStore.isAway(log.problem())) {
                String address = log.address().replaceFirst("/trace$", "/witness");
                all.add(new Asked(URI.create(address), log.owner(), log.token()));
            }
        }
        for (TraceProperties.Outside outside : properties.outside()) {
            String address = outside.address().toString();
            store.meet(address, "outside", outside.key().vkey());
            all.add(new Asked(outside.address(), "outside", null));
        }
        return all;
    }

    private Optional<SignedNote.Line> cosign(Asked asked, FolderTileSource source, byte[] note) {
        String address = asked.address().toString();
        try {
            Optional<WitnessStore.Known> known = known(asked);
            if (known.isEmpty()) {
                return Optional.empty();
            }
            CosignatureKey key = CosignatureKey.parse(known.get().key());
            SignedNote.Line line =
                    new WitnessClient(client, asked.address(), asked.token(), key)
                            .cosign(source, note, own.log().verifier(), known.get().size());
            long size = Checkpoint.parse(SignedNote.parse(note).text()).size();
            store.signed(address, size, clock.instant());
            return Optional.of(line);
        } catch (TraceException e) {
            store.problem(address, e.code().name());
            if (e.code() == TraceException.Code.ROLLED_BACK) {
                incidents.notice(
                        own.log().verifier().name(),
                        Incidents.Kind.ROLLED_BACK,
                        String.valueOf(e.getMessage()),
                        new String(note, StandardCharsets.UTF_8));
                LOG.error("A witness does not find the platform's own log sound", e);
            } else {
                LOG.debug("The witness {} did not cosign: {}", address, e.getMessage());
            }
            return Optional.empty();
        }
    }

    /** The witness as it is known, or as it makes itself known; empty of a gateway without one. */
    private Optional<WitnessStore.Known> known(Asked asked) {
        String address = asked.address().toString();
        Optional<WitnessStore.Known> known = store.known(address);
        if (known.isPresent()) {
            return known;
        }
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(address + "/key"))
                        .timeout(ASKING)
                        .header("Authorization", "Bearer " + asked.token())
                        .build();
        try {
            HttpResponse<byte[]> answer =
                    client.send(
                            request,
                            HttpResponse.BodyHandlers.limiting(
                                    HttpResponse.BodyHandlers.ofByteArray(), LONGEST_KEY));
            if (answer.statusCode() != 200) {
                return Optional.empty();
            }
            String key = new String(answer.body(), StandardCharsets.UTF_8).strip();
            CosignatureKey.parse(key);
            store.meet(address, asked.owner(), key);
            return store.known(address);
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
