package cn.tiaoxi.platform.investigation;

import cn.tiaoxi.contract.Sha256;
import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.evidence.Evidence;
import cn.tiaoxi.platform.evidence.Logs;
import cn.tiaoxi.platform.identity.Access;
import cn.tiaoxi.platform.identity.Actor;
import cn.tiaoxi.platform.identity.IdentityException;
import cn.tiaoxi.platform.proof.Happening;
import cn.tiaoxi.platform.proof.Proofs;
import cn.tiaoxi.trace.Hash;
import cn.tiaoxi.trace.NoteVerifier;
import cn.tiaoxi.trace.SignedNote;
import cn.tiaoxi.trace.TlogProof;
import cn.tiaoxi.trace.TraceException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Packs evidence that others can check without us: records as the logs hold them, a proof for each
 * that leads to a signed checkpoint, the logs' public keys, a report to read, and a program of 200
 * lines that checks it all with Python's standard library. The hash of its list of files stands in
 * the trace.
 */
@Service
public class EvidencePackage {
    private static final int MOST_DELIVERIES = 1_000;
    private static final String CHECKER = "verify_log.py";

    private final Proofs proofs;
    private final Logs logs;
    private final Investigations investigations;
    private final PackageReport report;
    private final Evidence evidence;
    private final Access access;
    private final TransactionTemplate transaction;
    private final Clock clock;

    EvidencePackage(
            Proofs proofs,
            Logs logs,
            Investigations investigations,
            PackageReport report,
            Evidence evidence,
            Access access,
            TransactionTemplate transaction,
            Clock clock) {
        this.proofs = proofs;
        this.logs = logs;
        this.investigations = investigations;
        this.report = report;
        this.evidence = evidence;
        this.access = access;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * A record in its place.
     *
     * @param origin log that holds it
     */
    private record Place(String origin, long index) {}

    /** A packed file. */
    public record Packed(String fileName, byte[] bytes) {}

    /** The evidence of one record. */
    public Packed ofRecord(String id) {
        Happening happening = proofs.happening(access.actor(), id);
        return pack("record:" + id, List.of(happening), List.of(), null);
    }

    /** The evidence of a request: of a call, or of a request for data. */
    public Packed ofRequest(String id) {
        return pack("request:" + id, proofs.ofRequest(access.actor(), id), List.of(), null);
    }

    /** The evidence of an investigation: what was done in it, and the deliveries that it found. */
    public Packed ofInvestigation(String id) {
        Actor actor = access.actor();
        if (!actor.mayEverywhere("investigation:read")) {
            throw IdentityException.permissionMissing("investigation:read", "");
        }
        Investigation each = investigations.get(id);
        List<FoundDelivery> found =
                investigations
                        .found(each, "", new Slice(null, true, MOST_DELIVERIES, null))
                        .items();
        return pack("investigation:" + id, proofs.doneTo("investigation:" + id), found, each);
    }

    private Packed pack(
            String about,
            List<Happening> happenings,
            List<FoundDelivery> found,
            @Nullable Investigation investigation) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        List<PackageReport.Line> lines = new ArrayList<>();
        Map<Place, String> names = new LinkedHashMap<>();
        for (Happening each : happenings) {
            Long index = each.index();
            if (index != null) {
                String name = name(names, new Place(each.origin(), index));
                lines.add(PackageReport.Line.of(name, each));
            }
        }
        for (FoundDelivery each : found) {
            String name = name(names, new Place(each.origin(), each.index()));
            lines.add(PackageReport.Line.of(name, each));
        }
        List<PackageReport.Log> attested = attest(names, files);
        files.put(CHECKER, resource("/samples/" + CHECKER));
        files.put("check.sh", resource("/evidence/check.sh"));
        for (Locale language : List.of(Locale.SIMPLIFIED_CHINESE, Locale.ENGLISH)) {
            PackageReport.Content content =
                    new PackageReport.Content(
                            about, clock.instant(), access.actor(), investigation, lines, attested);
            String ending = language.equals(Locale.ENGLISH) ? "en" : "zh-CN";
            files.put("report." + ending + ".html", report.html(content, language));
            files.put("report." + ending + ".pdf", report.pdf(content, language));
        }
        byte[] manifest = manifest(files);
        files.put("MANIFEST", manifest);
        note(about, manifest, names.size());
        String name = "evidence-" + about.replaceAll("[^A-Za-z0-9-]", "-") + ".zip";
        return new Packed(name, zip(files));
    }

    /** What a record is called in the package: four digits. */
    private static String name(Map<Place, String> names, Place place) {
        return names.computeIfAbsent(
                place, p -> String.format(Locale.ROOT, "%04d", names.size() + 1));
    }

    /** Adds records, proofs and keys; answers what logs they are of. */
    private List<PackageReport.Log> attest(Map<Place, String> names, Map<String, byte[]> files) {
        Map<String, List<Place>> byLog = new TreeMap<>();
        names.keySet()
                .forEach(p -> byLog.computeIfAbsent(p.origin(), o -> new ArrayList<>()).add(p));
        List<PackageReport.Log> attested = new ArrayList<>();
        byLog.forEach(
                (origin, places) -> {
                    String file = origin.replaceAll("[^A-Za-z0-9.-]", "_");
                    List<Logs.Attested> entries = entries(origin, places);
                    for (int i = 0; i < entries.size(); i++) {
                        Logs.Attested entry = entries.get(i);
                        TlogProof proof = entry.proof();
                        var _ =
                                proof.verify(
                                        Hash.ofEntry(entry.leaf()),
                                        NoteVerifier.parse(entry.key()));
                        String name = names.get(places.get(i));
                        files.put("records/" + name + ".json", entry.leaf());
                        files.put("proofs/" + name + TlogProof.EXTENSION, text(proof.text()));
                        files.put("proofs/" + name + ".log", text(file + "\n"));
                    }
                    String key = entries.getFirst().key();
                    SignedNote note = entries.getFirst().proof().note();
                    files.put("keys/" + file + ".vkey", text(key + "\n"));
                    List<String> witnesses = entries.getFirst().witnesses();
                    for (int i = 0; i < witnesses.size(); i++) {
                        String witness = "keys/" + file + ".witness-" + (i + 1) + ".vkey";
                        files.put(witness, text(witnesses.get(i) + "\n"));
                    }
                    files.put("checkpoints/" + file + ".txt", note.encode());
                    attested.add(new PackageReport.Log(origin, key, note.text(), places.size()));
                });
        return attested;
    }

    private List<Logs.Attested> entries(String origin, List<Place> places) {
        try {
            return logs.attest(origin, places.stream().map(Place::index).toList());
        } catch (TraceException e) {
            throw e.code() == TraceException.Code.UNREACHABLE
                    ? InvestigationException.logUnreachable(origin)
                    : InvestigationException.logBroken(origin);
        } catch (IndexOutOfBoundsException e) {
            throw InvestigationException.tooSoon(origin);
        }
    }

    private static byte[] resource(String name) {
        try (InputStream in = EvidencePackage.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** As {@code sha256sum} writes and checks it. */
    private static byte[] manifest(Map<String, byte[]> files) {
        StringBuilder lines = new StringBuilder();
        new TreeMap<>(files)
                .forEach(
                        (name, bytes) ->
                                lines.append(Sha256.hex(bytes))
                                        .append("  ")
                                        .append(name)
                                        .append('\n'));
        return text(lines.toString());
    }

    private void note(String about, byte[] manifest, int records) {
        transaction.executeWithoutResult(
                status ->
                        evidence.changed(
                                access.actor().who(),
                                "package.made",
                                about,
                                Map.of(
                                        "manifest", Sha256.hex(manifest),
                                        "records", Integer.toString(records))));
    }

    private static byte[] zip(Map<String, byte[]> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
            for (Map.Entry<String, byte[]> each : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(each.getKey()));
                zip.write(each.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
