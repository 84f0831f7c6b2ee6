package cn.tiaoxi.gateway;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A gateway in a process of its own. */
record Child(Process process, String base, HttpClient client) {
    static Child start(GatewayRig rig) throws IOException {
        int port = port(rig.data);
        List<String> command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx128m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "cn.tiaoxi.gateway.Gateway",
                        "--data=" + rig.data,
                        "--port",
                        Integer.toString(port),
                        "--platform=" + rig.platform.address());
        return new Child(
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(
                                ProcessBuilder.Redirect.appendTo(
                                        rig.data.resolve("child.log").toFile()))
                        .start(),
                "http://127.0.0.1:" + port,
                rig.client);
    }

    /** The same port for each child of a test, since a signature names it. */
    private static int port(Path data) throws IOException {
        Path file = data.resolve("port");
        if (Files.exists(file)) {
            return Integer.parseInt(Files.readString(file));
        }
        try (ServerSocket socket = new ServerSocket(0)) {
            Files.writeString(file, Integer.toString(socket.getLocalPort()));
            return socket.getLocalPort();
        }
    }

    HttpResponse<String> send(URI address, Map<String, String> signature)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address);
        signature.forEach(request::header);
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
