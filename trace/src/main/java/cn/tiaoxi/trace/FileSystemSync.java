package cn.tiaoxi.trace;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * Makes everything that was written into a file system durable at once, by Linux's {@code syncfs}.
 * For hundreds of new files that takes a third of the CPU of as many calls of {@code fdatasync}.
 * Since Linux 5.8 it tells errors of all writes after the folder was opened.
 *
 * <p>Linux on 64 bits only, and where the JVM allows native access; {@link #open} answers nothing
 * elsewhere.
 */
final class FileSystemSync implements Closeable {
    private static final int DIRECTORY = 0x10000; // O_RDONLY | O_DIRECTORY on x86-64
    private static final int DIRECTORY_ARM = 0x4000;
    private static final int CLOSE_ON_EXEC = 0x80000;
    private static final int NO_SPACE = 28;

    private final Calls calls;
    private final int descriptor;

    private FileSystemSync(Calls calls, int descriptor) {
        this.calls = calls;
        this.descriptor = descriptor;
    }

    /** Opens a folder of the file system; nothing if this system cannot do it. */
    static Optional<FileSystemSync> open(Path folder) {
        Optional<Calls> calls = Calls.LINKED;
        if (calls.isEmpty()) {
            return Optional.empty();
        }
        int descriptor = calls.get().open(folder);
        return descriptor < 0
                ? Optional.empty()
                : Optional.of(new FileSystemSync(calls.get(), descriptor));
    }

    /** When this returns, all that was written before is durable. */
    void sync() throws IOException {
        int error = calls.sync(descriptor);
        if (error == NO_SPACE) {
            throw new IOException("No space left on device");
        }
        if (error != 0) {
            throw new IOException("syncfs failed with error " + error);
        }
    }

    @Override
    public void close() {
        calls.close(descriptor);
    }

    /** The three functions of the C library. */
    private record Calls(MethodHandle open, MethodHandle syncfs, MethodHandle close) {
        static final Optional<Calls> LINKED = link();
        private static final StructLayout STATE = Linker.Option.captureStateLayout();
        private static final VarHandle ERROR =
                STATE.varHandle(java.lang.foreign.MemoryLayout.PathElement.groupElement("errno"));

        @SuppressWarnings("restricted") // the launcher allows native access; without it no calls
        private static Optional<Calls> link() {
            if (!System.getProperty("os.name").equals("Linux")
                    || !Calls.class.getModule().isNativeAccessEnabled()) {
                return Optional.empty();
            }
            Linker linker = Linker.nativeLinker();
            SymbolLookup library = linker.defaultLookup();
            ValueLayout.OfInt number = ValueLayout.JAVA_INT;
            return library.find("syncfs")
                    .map(
                            syncfs ->
                                    new Calls(
                                            linker.downcallHandle(
                                                    library.findOrThrow("open"),
                                                    FunctionDescriptor.of(
                                                            number, ValueLayout.ADDRESS, number),
                                                    Linker.Option.firstVariadicArg(2)),
                                            linker.downcallHandle(
                                                    syncfs,
                                                    FunctionDescriptor.of(number, number),
                                                    Linker.Option.captureCallState("errno")),
                                            linker.downcallHandle(
                                                    library.findOrThrow("close"),
                                                    FunctionDescriptor.of(number, number))));
        }

        int open(Path folder) {
            int directory =
                    System.getProperty("os.arch").toLowerCase(Locale.ROOT).equals("aarch64")
                            ? DIRECTORY_ARM
                            : DIRECTORY;
            try (Arena arena = Arena.ofConfined()) {
                return (int)
                        open.invokeExact(
                                arena.allocateFrom(folder.toString()), directory | CLOSE_ON_EXEC);
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
        }

        /** Answers the error's number, or 0. */
        int sync(int descriptor) {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment state = arena.allocate(STATE);
                int result = (int) syncfs.invokeExact(state, descriptor);
                return result == 0 ? 0 : (int) ERROR.get(state, 0L);
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
        }

        void close(int descriptor) {
            try {
                int ignored = (int) close.invokeExact(descriptor);
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
