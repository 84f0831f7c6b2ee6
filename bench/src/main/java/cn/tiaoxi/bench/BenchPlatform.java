package cn.tiaoxi.bench;

import cn.tiaoxi.command.PlatformClient;
import cn.tiaoxi.platform.Tiaoxi;
import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.ledger.Ledger;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** A platform of a benchmark's own, with its PostgreSQL, in this JVM. */
final class BenchPlatform implements AutoCloseable {
    private final ConfigurableApplicationContext context;
    private final Path folder;

    /**
     * Starts it.
     *
     * @param folder takes its data and the files that are made for it
     * @param city the city's folder
     * @param more further settings, as {@code --name=value}
     */
    BenchPlatform(Path folder, Path city, String... more) {
        this.folder = folder;
        List<String> settings =
                new ArrayList<>(
                        List.of(
                                "--server.port=0",
                                "--server.address=127.0.0.1",
                                "--tiaoxi.data.folder=" + folder.resolve("data"),
                                "--tiaoxi.city.folder=" + city.toAbsolutePath(),
                                "--tiaoxi.identity.demo=true",
                                "--logging.level.root=WARN"));
        settings.addAll(List.of(more));
        this.context =
                new SpringApplicationBuilder(Tiaoxi.class).run(settings.toArray(String[]::new));
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    URI address() {
        return URI.create(
                "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port"));
    }

    /** A data steward of the city, signed in. */
    PlatformClient steward() {
        return PlatformClient.signIn(address(), "zhao.lei", "tiaoxi-2026");
    }

    /** A file of JSON lines with so many entries of a ledger; the same seed makes the same. */
    Path entries(String type, int count, int seed) throws IOException {
        Path file = folder.resolve(type + "-" + seed + ".jsonl");
        new EntryGenerator(
                        bean(Ledger.class).type(type),
                        bean(Organisations.class),
                        List.of("zhao.lei", "li.na"),
                        seed)
                .write(file, count);
        return file;
    }

    /**
     * How long an import took, in nanoseconds.
     *
     * @param check from the order to check all rows until that was done
     * @param apply from the order to write them until they were written and found
     */
    record Taken(long check, long apply) {}

    /** Brings a file into a ledger as a person would. */
    static Taken bring(PlatformClient steward, String type, Path file) throws IOException {
        String path = "/ledgers/" + type + "/imports";
        JsonNode job = steward.upload(path, file, file.getFileName().toString());
        String at = path + "/" + job.path("id").asString();
        return new Taken(
                step(steward, at, "check", "CHECKED"), step(steward, at, "apply", "APPLIED"));
    }

    private static long step(PlatformClient steward, String at, String act, String state) {
        long from = System.nanoTime();
        steward.post(at + "/" + act, null);
        JsonNode job = steward.get(at);
        while (!job.path("state").asString().equals(state)) {
            if (job.path("state").asString().equals("FAILED")) {
                throw new IllegalStateException("The import failed: " + job);
            }
            LockSupport.parkNanos(20_000_000);
            job = steward.get(at);
        }
        return System.nanoTime() - from;
    }

    @Override
    public void close() {
        context.close();
    }
}
