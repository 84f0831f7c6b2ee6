package cn.tiaoxi.trace;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code trace verify [--key vkey] [--archive FOLDER] [--lang zh|en] FOLDER…}: checks whole logs,
 * with the platform stopped or running. {@code trace verify --key vkey PROOF.tlog-proof ENTRY}:
 * checks that an entry is in a log by its proof alone. A key is the text or a file that holds it.
 * Exit code 0: all sound; 1: one is broken; 2: wrong usage or unreadable.
 */
public final class VerifyCommand {
    private static final int SOUND = 0;
    private static final int BROKEN = 1;
    private static final int USAGE = 2;
    private static final Set<String> VALUED = Set.of("--key", "--archive", "--lang");

    private final PrintStream out;
    private final ResourceBundle messages;
    private final @Nullable String key;
    private final @Nullable Path archive;

    private VerifyCommand(
            PrintStream out, Locale language, @Nullable String key, @Nullable Path archive) {
        this.out = out;
        this.messages = ResourceBundle.getBundle("cn.tiaoxi.trace.messages", language);
        this.key = key;
        this.archive = archive;
    }

    /** Runs and exits. */
    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.exit(run(List.of(arguments), System.getenv(), out));
    }

    /**
     * Runs and answers the exit code.
     *
     * @param arguments with or without the leading word {@code verify}
     * @param environment where LC_ALL, LC_MESSAGES or LANG choose the language
     */
    public static int run(
            List<String> arguments, Map<String, String> environment, PrintStream out) {
        List<String> folders = new ArrayList<>();
        String key = null;
        Path archive = null;
        String language = language(environment);
        boolean wrong = false;
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            boolean valued = VALUED.contains(argument);
            if (valued && i + 1 < arguments.size()) {
                i++;
                if (argument.equals("--key")) {
                    key = arguments.get(i);
                } else if (argument.equals("--archive")) {
                    archive = Path.of(arguments.get(i));
                } else {
                    language = arguments.get(i);
                }
            } else if (argument.startsWith("-")) {
                wrong = true;
            } else if (i > 0 || !argument.equals("verify")) {
                folders.add(argument);
            }
        }
        Locale locale = language.startsWith("zh") ? Locale.SIMPLIFIED_CHINESE : Locale.ROOT;
        VerifyCommand command = new VerifyCommand(out, locale, key, archive);
        if (wrong || folders.isEmpty()) {
            command.say("usage");
            return USAGE;
        }
        int worst = SOUND;
        for (int i = 0; i < folders.size(); i++) {
            Path path = Path.of(folders.get(i));
            if (!folders.get(i).endsWith(TlogProof.EXTENSION)) {
                worst = Math.max(worst, command.verify(path));
            } else if (++i < folders.size()) {
                worst = Math.max(worst, command.prove(path, Path.of(folders.get(i))));
            } else {
                command.say("usage");
                return USAGE;
            }
        }
        return worst;
    }

    private static String language(Map<String, String> environment) {
        for (String name : List.of("LC_ALL", "LC_MESSAGES", "LANG")) {
            String value = environment.getOrDefault(name, "");
            if (!value.isEmpty()) {
                return value;
            }
        }
        return "";
    }

    private int verify(Path folder) {
        out.println(folder);
        if (!Files.isDirectory(folder)) {
            say("unreadable", text("no-folder", folder.toString()));
            return USAGE;
        }
        try {
            NoteVerifier verifier = verifier(folder);
            long start = System.nanoTime();
            FolderTileSource files = new FolderTileSource(folder);
            TileSource source = archive == null ? files : new ArchivedTileSource(files, archive);
            LogVerifier.Verdict verdict = new LogVerifier(source, verifier).verify();
            double seconds = Math.max(1e-6, (System.nanoTime() - start) / 1e9);
            return switch (verdict) {
                case LogVerifier.Sound sound -> sound(sound, seconds);
                case LogVerifier.Broken broken -> broken(broken);
            };
        } catch (TraceException e) {
            say("unreadable", String.valueOf(e.getMessage()));
            return USAGE;
        }
    }

    private int prove(Path file, Path entry) {
        out.println(file);
        if (key == null) {
            say("unreadable", text("proof-key"));
            return USAGE;
        }
        NoteVerifier verifier;
        byte[] leaf;
        byte[] read;
        try {
            verifier = key(key);
            leaf = Files.readAllBytes(entry);
            read = Files.readAllBytes(file);
        } catch (IOException e) {
            say("unreadable", text("no-file", e.toString()));
            return USAGE;
        } catch (TraceException e) {
            say("unreadable", String.valueOf(e.getMessage()));
            return USAGE;
        }
        try {
            TlogProof proof = TlogProof.parse(read);
            Checkpoint checkpoint = proof.verify(Hash.ofEntry(leaf), verifier);
            say("proved", proof.index());
            say("origin", checkpoint.origin());
            say("size", checkpoint.size(), leaf.length);
            say("root", checkpoint.root().base64());
            return SOUND;
        } catch (TraceException e) {
            say("broken", text("fault.PROOF_WRONG"));
            say("detail", String.valueOf(e.getMessage()));
            return BROKEN;
        }
    }

    private static NoteVerifier key(String given) {
        Path file = Path.of(given);
        return Files.isRegularFile(file) ? NoteVerifier.ofFile(file) : NoteVerifier.parse(given);
    }

    private NoteVerifier verifier(Path folder) {
        if (key != null) {
            return key(key);
        }
        Path file = folder.resolve(TraceLog.KEY_FILE);
        if (!Files.exists(file)) {
            throw new TraceException(
                    TraceException.Code.UNREACHABLE, text("no-key", file.toString()));
        }
        NoteVerifier verifier = NoteVerifier.ofFile(file);
        say("key-beside", verifier.vkey());
        return verifier;
    }

    private int sound(LogVerifier.Sound sound, double seconds) {
        Checkpoint checkpoint = sound.checkpoint();
        say("sound");
        say("origin", checkpoint.origin());
        say("size", checkpoint.size(), sound.bytes());
        if (sound.pruned() > 0) {
            say("pruned", sound.pruned() - 1);
        }
        say("root", checkpoint.root().base64());
        say("speed", seconds, checkpoint.size() / seconds, sound.bytes() / seconds / 1e6);
        return SOUND;
    }

    private int broken(LogVerifier.Broken broken) {
        say("broken", text("fault." + broken.fault()));
        say("place", broken.place());
        if (broken.index() >= 0) {
            say("index", broken.index());
        }
        say("detail", broken.detail());
        return BROKEN;
    }

    private void say(String message, Object... values) {
        out.println(text(message, values));
    }

    private String text(String message, Object... values) {
        return new MessageFormat(messages.getString(message), Locale.ROOT).format(values);
    }
}
