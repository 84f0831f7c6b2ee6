package cn.tiaoxi.platform.ledger;

import cn.tiaoxi.contract.Sha256;
import cn.tiaoxi.platform.border.Characters;
import cn.tiaoxi.platform.border.Identifiers;
import cn.tiaoxi.platform.database.DataFolder;
import cn.tiaoxi.platform.evidence.Evidence;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.http.MediaTypeFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Files of entries. The content is in the data folder under its hash, written to disk before it is
 * entered; the same content is kept once.
 */
@Service
public class LedgerFiles {
    /** Largest file, in bytes. */
    public static final long LARGEST = 50L * 1024 * 1024;

    private static final int LONGEST_NAME = 200;

    /** Endings that browsers or desktops would run. */
    private static final Set<String> RUNNABLE =
            Set.of(
                    "exe", "bat", "cmd", "com", "msi", "scr", "ps1", "vbs", "js", "jar", "sh",
                    "html", "htm", "svg", "xhtml", "hta", "lnk");

    private final FileStore store;
    private final Ledger ledger;
    private final Evidence evidence;
    private final Path folder;
    private final Clock clock;

    LedgerFiles(FileStore store, Ledger ledger, Evidence evidence, DataFolder data, Clock clock) {
        this.store = store;
        this.ledger = ledger;
        this.evidence = evidence;
        this.folder = data.folder("files");
        this.clock = clock;
    }

    /**
     * Keeps a file.
     *
     * @throws LedgerException if it is too large, has no proper name or a kind that could be run
     */
    @Transactional
    public LedgerFile receive(Author author, String name, InputStream content) {
        String kept = cleaned(name);
        String ending = ending(kept);
        if (kept.isEmpty() || RUNNABLE.contains(ending)) {
            throw LedgerException.fileRefused(FieldCheck.shortened(name));
        }
        try {
            Path draft = Files.createTempFile(folder, ".draft", "");
            try {
                Written written = write(draft, content);
                Path target = folder.resolve(written.sha256());
                Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
                LedgerFile file =
                        new LedgerFile(
                                Identifiers.next(),
                                kept,
                                written.size(),
                                written.sha256(),
                                MediaTypeFactory.getMediaType(kept)
                                        .map(Object::toString)
                                        .orElse("application/octet-stream"),
                                clock.instant(),
                                author);
                store.add(file);
                evidence.changed(
                        author.who(),
                        "ledger-file.receive",
                        "ledger-file:" + file.id(),
                        Map.of("name", kept, "sha256", written.sha256()));
                return file;
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Written(long size, String sha256) {}

    private static Written write(Path draft, InputStream content) throws IOException {
        MessageDigest digest = Sha256.begin();
        long size = 0;
        try (OutputStream out = new DigestOutputStream(Files.newOutputStream(draft), digest)) {
            byte[] buffer = new byte[64 * 1024];
            int read = content.read(buffer);
            while (read >= 0) {
                size += read;
                if (size > LARGEST) {
                    throw LedgerException.fileTooLarge(LARGEST / (1024 * 1024));
                }
                out.write(buffer, 0, read);
                read = content.read(buffer);
            }
        }
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        return new Written(size, HexFormat.of().formatHex(digest.digest()));
    }

    /** The last part of a path, without what cannot stand in names of files. */
    private static String cleaned(String name) {
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        String plain = last.strip();
        return plain.length() > LONGEST_NAME || Characters.hasHidden(plain, "") ? "" : plain;
    }

    private static String ending(String name) {
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    /**
     * A file.
     *
     * @throws LedgerException if there is none of that identifier
     */
    public LedgerFile get(String id) {
        return store.find(id).orElseThrow(() -> LedgerException.fileNotFound(id));
    }

    /** The files of these identifiers; those that are missing are left out. */
    public List<LedgerFile> all(Collection<String> ids) {
        return store.all(ids);
    }

    /** Where the content is. */
    public Path content(LedgerFile file) {
        return folder.resolve(file.sha256());
    }

    /** The files attached to an entry, newest first. */
    public List<LedgerFile> attached(Entry entry) {
        return store.attached(entry.id());
    }

    /** Attaches a file that somebody brings to an entry. */
    @Transactional
    public LedgerFile attach(Author author, Entry entry, String name, InputStream content) {
        Entry present = ledger.present(entry.type(), entry.id());
        LedgerFile file = receive(author, name, content);
        store.attach(present.id(), file.id());
        note(author, present, "attach", file);
        return file;
    }

    /**
     * Takes a file off an entry.
     *
     * @throws LedgerException if it is not attached to it
     */
    @Transactional
    public void detach(Author author, Entry entry, String id) {
        LedgerFile file = get(id);
        if (!store.detach(entry.id(), id, clock.instant().atOffset(ZoneOffset.UTC))) {
            throw LedgerException.fileNotFound(id);
        }
        note(author, entry, "detach", file);
    }

    private void note(Author author, Entry entry, String act, LedgerFile file) {
        evidence.changed(
                author.who(),
                entry.type() + "." + act,
                entry.type() + ":" + entry.id(),
                Map.of("file", file.name(), "sha256", file.sha256()));
    }
}
