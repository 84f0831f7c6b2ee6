package cn.tiaoxi.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the one platform that runs, with the demonstration played, for all of them. */
final class SharedPlatform implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == LaunchedPlatform.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .computeIfAbsent(Running.class, key -> Running.start(), Running.class)
                .platform();
    }

    /**
     * Stopped, and its folder removed, when all tests have ended. One that did not start is not
     * tried again for every test: each is told why.
     */
    record Running(LaunchedPlatform started, @Nullable RuntimeException failure)
            implements AutoCloseable {
        static Running start() {
            try {
                Path data = Files.createTempDirectory("tiaoxi-system-tests");
                LaunchedPlatform platform = LaunchedPlatform.start(data, "--demo");
                try {
                    platform.awaitLine("The demonstration is ready", Duration.ofMinutes(5));
                    return new Running(platform, null);
                } catch (RuntimeException e) {
                    return new Running(platform, e);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        LaunchedPlatform platform() {
            if (failure != null) {
                throw failure;
            }
            return started;
        }

        @Override
        public void close() throws IOException {
            started.close();
            try (var files = Files.walk(started.data())) {
                files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
            }
        }
    }
}
