package cn.tiaoxi.trace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Real files, of which one chosen call fails, and all after it. Keeps account of what was forced,
 * so that a loss of power can be played: then only forced bytes under forced names remain. Does not
 * really wait for the disk, so that thousands of runs take seconds.
 */
final class FaultyDisk implements Disk {
    /** How the chosen call fails. */
    enum Fault {
        /** It does nothing. */
        BEFORE,
        /** A write stops half way; other calls do nothing. */
        HALF,
        /** It does its work and then reports an error. */
        AFTER
    }

    /** What of a file would survive a loss of power. */
    private static final class Inode {
        byte[] forced = new byte[0];
    }

    private static final Inode FOLDER = new Inode();

    private final int failing;
    private final Fault fault;
    private final Map<Path, Inode> names = new HashMap<>();
    private final Map<Path, Inode> forcedNames = new TreeMap<>();
    private int calls;

    /** Fails in the call with this number; -1 for never. */
    FaultyDisk(int failing, Fault fault) {
        this.failing = failing;
        this.fault = fault;
    }

    synchronized int calls() {
        return calls;
    }

    /** Writes what would survive a loss of power into another folder. */
    synchronized void survivors(Path from, Path to) throws IOException {
        for (Map.Entry<Path, Inode> name : forcedNames.entrySet()) {
            Path path = name.getKey();
            if (!path.startsWith(from) || !parentsForced(from, path)) {
                continue;
            }
            Path copy = to.resolve(from.relativize(path));
            if (name.getValue() == FOLDER) {
                Files.createDirectories(copy);
            } else {
                Files.write(copy, name.getValue().forced);
            }
        }
    }

    private boolean parentsForced(Path root, Path path) {
        Path parent = path.getParent();
        while (!parent.equals(root) && parent.startsWith(root)) {
            if (!forcedNames.containsKey(parent)) {
                return false;
            }
            parent = parent.getParent();
        }
        return true;
    }

    private interface Call {
        void run() throws IOException;
    }

    private synchronized void call(Call whole, Call half) throws IOException {
        int number = calls++;
        if (failing >= 0 && number >= failing) {
            if (number == failing && fault == Fault.AFTER) {
                whole.run();
            } else if (number == failing && fault == Fault.HALF) {
                half.run();
            }
            throw new IOException("call " + number + " fails as planned");
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
                    names.computeIfAbsent(file, f -> new Inode());
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
            ByteBuffer half = bytes.duplicate().limit(bytes.position() + bytes.remaining() / 2);
            call(() -> file.write(bytes, position), () -> file.write(half, position));
        }

        @Override
        public void force() throws IOException {
            call(() -> inode.forced = Files.readAllBytes(path));
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
