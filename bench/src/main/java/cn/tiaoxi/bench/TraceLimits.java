package cn.tiaoxi.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What the machine can do with as many records: write them, and hash them. */
final class TraceLimits {
    static final int CORES = Runtime.getRuntime().availableProcessors();
    private static final int BLOCK = 4 << 20;

    private final long records;
    private final int bytes;
    private final byte[] block = new byte[BLOCK];

    TraceLimits(int records, int bytes) {
        this.records = records;
        this.bytes = bytes;
        new Random(1).nextBytes(block);
    }

    /** Writes the records' bytes in blocks of 4 MiB into a file that is there, and forces them. */
    void disk(Path folder, TraceBench.Sample sample) throws IOException {
        ByteBuffer from = ByteBuffer.allocateDirect(BLOCK).put(block).flip();
        try (FileChannel file =
                FileChannel.open(
                        folder.resolve("limit"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE)) {
            write(file, from);
            file.force(true);
            long cpu = TraceBench.cpu();
            long began = System.nanoTime();
            write(file, from);
            file.force(false);
            sample.rate(records, System.nanoTime() - began, TraceBench.cpu() - cpu);
        }
    }

    private void write(FileChannel file, ByteBuffer from) throws IOException {
        long all = records * bytes;
        for (long at = 0; at < all; ) {
            from.position(0).limit((int) Math.min(BLOCK, all - at));
            at += file.write(from, at);
        }
    }

    /** SHA-256 over the records' bytes as one stream on each of so many cores. */
    void hash(int cores, TraceBench.Sample sample) throws InterruptedException {
        onCores(
                cores,
                sample,
                share -> {
                    MessageDigest digest = sha256();
                    for (long left = share * bytes; left > 0; left -= BLOCK) {
                        digest.update(block, 0, (int) Math.min(left, BLOCK));
                    }
                    digest.digest();
                });
    }

    /**
     * The SHA-256 that RFC 6962 asks for, on all cores: of each record behind a byte, and of a node
     * of 65 bytes for each record. Its padding makes 7 blocks out of the 4.7 of 300 bytes.
     */
    void treeHash(TraceBench.Sample sample) throws InterruptedException {
        onCores(
                CORES,
                sample,
                share -> {
                    MessageDigest digest = sha256();
                    byte[] out = new byte[32];
                    int at = 0;
                    for (long i = 0; i < share; i++) {
                        digest.update(block, at, bytes + 1);
                        finish(digest, out);
                        digest.update(block, at, 65);
                        finish(digest, out);
                        at = at + 2 * bytes + 1 > BLOCK ? 0 : at + bytes;
                    }
                });
    }

    private interface Work {
        void run(long share);
    }

    private void onCores(int cores, TraceBench.Sample sample, Work work)
            throws InterruptedException {
        long cpu = TraceBench.cpu();
        long began = System.nanoTime();
        List<Thread> threads = new ArrayList<>();
        for (int core = 0; core < cores; core++) {
            threads.add(Thread.ofPlatform().start(() -> work.run(records / cores)));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        sample.rate(records / cores * cores, System.nanoTime() - began, TraceBench.cpu() - cpu);
    }

    private static void finish(MessageDigest digest, byte[] out) {
        try {
            digest.digest(out, 0, out.length);
        } catch (DigestException e) {
            throw new IllegalStateException(e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
