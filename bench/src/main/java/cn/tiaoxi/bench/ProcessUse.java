package cn.tiaoxi.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a process and its children have used, as the kernel's {@code /proc} says. */
final class ProcessUse {
    private static final int MILLIS_PER_TICK = 10;
    private static final Pattern HEAP_USED = Pattern.compile("total \\d+K, used (\\d+)K");

    private ProcessUse() {}

    /** Milliseconds of CPU of the process and of its children, also of those that have ended. */
    static long cpuMillis(long process) throws IOException {
        long ticks = 0;
        try (Stream<Path> all = Files.list(Path.of("/proc"))) {
            for (Path one : all.filter(ProcessUse::isProcess).toList()) {
                String[] fields = fields(one);
                if (fields.length < 15) {
                    continue;
                }
                if (one.getFileName().toString().equals(Long.toString(process))) {
                    ticks += sum(fields, 11, 15);
                } else if (fields[1].equals(Long.toString(process))) {
                    ticks += sum(fields, 11, 13);
                }
            }
        }
        return ticks * MILLIS_PER_TICK;
    }

    private static boolean isProcess(Path path) {
        return Character.isDigit(path.getFileName().toString().charAt(0));
    }

    /**
     * The fields after the name, which may hold blanks: state, parent, … utime, stime, children's.
     */
    private static String[] fields(Path process) {
        try {
            String stat = Files.readString(process.resolve("stat"));
            return stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        } catch (IOException e) {
            return new String[0]; // It has ended.
        }
    }

    private static long sum(String[] fields, int from, int until) {
        long sum = 0;
        for (int i = from; i < until; i++) {
            sum += Long.parseLong(fields[i]);
        }
        return sum;
    }

    /** Megabytes of memory that the process holds. */
    static long memoryMegabytes(long process) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(0);
    }

    /** Files and sockets that the process holds open. */
    static long openFiles(long process) throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc/" + process + "/fd"))) {
            return all.count();
        }
    }

    /** Megabytes of heap that a JVM still uses after a collection, which this asks for. */
    static long liveHeapMegabytes(long process) throws IOException, InterruptedException {
        jcmd(process, "GC.run");
        Matcher used = HEAP_USED.matcher(jcmd(process, "GC.heap_info"));
        long kilobytes = 0;
        while (used.find()) {
            kilobytes += Long.parseLong(used.group(1));
        }
        return kilobytes / 1_024;
    }

    private static String jcmd(long process, String command)
            throws IOException, InterruptedException {
        String program = Path.of(System.getProperty("java.home"), "bin/jcmd").toString();
        Process jcmd = new ProcessBuilder(program, Long.toString(process), command).start();
        String output = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (jcmd.waitFor() != 0) {
            throw new IOException(command + " of " + process + " failed: " + output);
        }
        return output;
    }
}
