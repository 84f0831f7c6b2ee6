package cn.tiaoxi.trace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Real files, of which one chosen call fails, and all after it or none. Keeps account of what was
 * forced, so that a loss of power can be played: forced bytes under forced names remain, and of all
 * others what chance leaves, sector by sector. Does not really wait for the disk, so that thousands
 * of runs take seconds.
 */
final class FaultyDisk implements Disk {
    private static final int SECTOR = 512;
    private static final int FORCE_TOGETHER = 6;

    /** How the chosen call fails. */
    enum Fault {
        /** It does nothing, as does all after it. */
        BEFORE(false, "fails as planned"),
        /** A write stops half way; other calls do nothing. */
        HALF(false, "fails as planned"),
        /** A write stops at any byte; other calls do nothing. */
        TORN(false, "fails as planned"),
        /** It does its work and then reports an error. */
        AFTER(false, "fails as planned"),
        /** It alone fails: an error of the device that goes away. */
        ONCE(true, "Input/output error, fails as planned"),
        /** It alone fails, in the middle of a write: the disk was full for a moment. */
        FULL(true, "No space left on device, fails as planned");

        private final boolean once;
        private final String message;

        Fault(boolean once, String message) {
            this.once = once;
            this.message = message;
        }
    }

    /** A write that was not forced. */
    private record Unforced(long position, byte[] bytes) {}

    /** What of a file would survive a loss of power. */
    private static final class Inode {
        private byte[] forced = new byte[0];
        private final List<Unforced> unforced = new ArrayList<>();

        /** The forced bytes and a chance choice of the sectors that were not. */
        byte[] afterLoss(@Nullable Random chance) {
            byte[] content = forced;
            for (Unforced write : chance == null ? List.<Unforced>of() : unforced) {
                for (int at = 0; at < write.bytes.length; at += SECTOR) {
                    if (chance.nextBoolean()) {
                        int length = Math.min(SECTOR, write.bytes.length - at);
                        int place = (int) write.position + at;
                        content = Arrays.copyOf(content, Math.max(content.length, place + length));
                        System.arraycopy(write.bytes, at, content, place, length);
                    }
                }
            }
            return content;
        }
    }

    private static final Inode FOLDER = new Inode();

    private final int failing;
    private final Fault fault;
    private final Random tearing;
    private final Map<Path, Inode> names = new HashMap<>();
    private final Map<Path, Inode> forcedNames = new TreeMap<>();
    private int calls;
    private boolean failed;

    /** Fails in the call with this number; -1 for never. */
    FaultyDisk(int failing, Fault fault) {
        this.failing = failing;
        this.fault = fault;
        this.tearing = new Random(failing);
    }

    synchronized int calls() {
        return calls;
    }

    /** Whether the chosen call was reached. */
    synchronized boolean failed() {
        return failed;
    }

    /**
     * Writes what would survive a loss of power into another folder.
     *
     * @param chance decides of what was not forced; null to lose all of it
     */
    synchronized void survivors(Path from, Path to, @Nullable Random chance) throws IOException {
        Set<Path> paths = new TreeSet<>(forcedNames.keySet());
        paths.addAll(names.keySet());
        for (Path path : paths) {
            Inode inode = forcedNames.get(path);
            if (chance != null && chance.nextBoolean()) {
                inode = names.get(path);
            }
            Path copy = to.resolve(from.relativize(path));
            if (inode == null
                    || !path.startsWith(from)
                    || path.equals(from)
                    || !Files.isDirectory(copy.getParent())) {
                continue;
            }
            if (inode == FOLDER) {
                Files.createDirectories(copy);
            } else {
                Files.write(copy, inode.afterLoss(chance));
            }
        }
    }

    private interface Call {
        void run() throws IOException;
    }

    private synchronized void call(Call whole, Call half) throws IOException {
        int number = calls++;
        boolean chosen = number == failing;
        if (chosen || failing >= 0 && number > failing && !fault.once) {
            failed = true;
            if (chosen && fault == Fault.AFTER) {
                whole.run();
            } else if (chosen && fault != Fault.BEFORE && fault != Fault.ONCE) {
                half.run();
            }
            throw new IOException("call " + number + ": " + fault.message);
        }
        whole.run();
    }

    private void call(Call whole) throws IOException {
        call(whole, () -> {});
    }

    @Override
    public Writable open(Path file, boolean empty) throws IOException {
        Writable[] opened = new Writable[1];
        call(
                () -> {
                    opened[0] = REAL.open(file, empty);
                    Inode inode = names.computeIfAbsent(file, f -> new Inode());
                    if (empty) {
                        inode.forced = new byte[0];
                        inode.unforced.clear();
                    }
                });
        return new FaultyFile(file, names.get(file), opened[0]);
    }

    @Override
    public void createFolder(Path folder) throws IOException {
        call(
                () -> {
                    REAL.createFolder(folder);
                    names.put(folder, FOLDER);
                });
    }

    @Override
    public Whole whole(Path folder) {
        return new Whole() {
            @Override
            public int worthFiles() {
                return FORCE_TOGETHER;
            }

            @Override
            public boolean isThere() {
                return true;
            }

            @Override
            public void force() throws IOException {
                call(
                        () -> {
                            for (Map.Entry<Path, Inode> name : names.entrySet()) {
                                if (name.getValue() != FOLDER) {
                                    name.getValue().forced = Files.readAllBytes(name.getKey());
                                    name.getValue().unforced.clear();
                                }
                            }
                            forcedNames.clear();
                            forcedNames.putAll(names);
                        });
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void forceFolder(Path folder) throws IOException {
        call(
                () -> {
                    Set<Path> gone = new HashSet<>();
                    forcedNames.keySet().stream()
                            .filter(p -> p.getParent().equals(folder) && !names.containsKey(p))
                            .forEach(gone::add);
                    forcedNames.keySet().removeAll(gone);
                    names.forEach(
                            (path, inode) -> {
                                if (path.getParent().equals(folder)) {
                                    forcedNames.put(path, inode);
                                }
                            });
                });
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        call(
                () -> {
                    REAL.rename(from, to);
                    names.put(to, names.remove(from));
                });
    }

    @Override
    public void delete(Path path) throws IOException {
        call(
                () -> {
                    REAL.delete(path);
                    names.remove(path);
                });
    }

    private final class FaultyFile implements Writable {
        private final Path path;
        private final Inode inode;
        private final Writable file;

        FaultyFile(Path path, Inode inode, Writable file) {
            this.path = path;
            this.inode = inode;
            this.file = file;
        }

        @Override
        public void write(ByteBuffer bytes, long position) throws IOException {
            int length = bytes.remaining();
            int torn = fault == Fault.HALF ? length / 2 : tearing.nextInt(length + 1);
            ByteBuffer half = bytes.duplicate().limit(bytes.position() + torn);
            call(() -> keep(bytes, position), () -> keep(half, position));
        }

        private void keep(ByteBuffer bytes, long position) throws IOException {
            byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            inode.unforced.add(new Unforced(position, copy));
            file.write(bytes, position);
        }

        @Override
        public void force() throws IOException {
            call(
                    () -> {
                        inode.forced = Files.readAllBytes(path);
                        inode.unforced.clear();
                    });
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
