package cn.tiaoxi.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where Debian's wrk, nginx and nginx's Lua module are: on this machine, or unpacked in a folder of
 * the launcher's.
 */
final class PeerPrograms {
    private final Path root;

    /**
     * @param root folder that holds {@code usr}; {@code /} for what is installed
     */
    private PeerPrograms(Path root) {
        this.root = root;
    }

    /** What the launcher unpacked where {@code TIAOXI_PEERS} says, else what is installed. */
    static PeerPrograms find() {
        String folder = System.getenv("TIAOXI_PEERS");
        boolean unpacked =
                folder != null && Files.isExecutable(Path.of(folder).resolve("usr/bin/wrk"));
        return new PeerPrograms(Path.of(unpacked ? folder : "/"));
    }

    Optional<String> wrk() {
        return executable("usr/bin/wrk", "usr/local/bin/wrk");
    }

    boolean hasNginx() {
        return executable("usr/sbin/nginx").isPresent();
    }

    boolean hasLua() {
        return hasNginx() && Files.exists(root.resolve("usr/lib/nginx/modules/" + LUA));
    }

    private static final String LUA = "ngx_http_lua_module.so";

    private Optional<String> executable(String... paths) {
        return Stream.of(paths)
                .map(root::resolve)
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    /** The lines of nginx's configuration that load the Lua module. */
    String luaModules() {
        Path modules = root.resolve("usr/lib/nginx/modules");
        return "load_module "
                + modules.resolve("ndk_http_module.so")
                + "; load_module "
                + modules.resolve(LUA)
                + ";";
    }

    /** Where Lua finds its libraries. */
    String luaPath() {
        return root.resolve("usr/share/lua/5.1") + "/?.lua";
    }

    ProcessBuilder nginx(String... arguments) {
        return start(root.resolve("usr/sbin/nginx").toString(), arguments);
    }

    /** A start of a program with the unpacked libraries in reach. */
    ProcessBuilder start(String program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        if (!root.equals(Path.of("/"))) {
            builder.environment()
                    .put(
                            "LD_LIBRARY_PATH",
                            root.resolve("usr/lib/x86_64-linux-gnu")
                                    + ":"
                                    + root.resolve("lib/x86_64-linux-gnu"));
        }
        return builder;
    }
}
