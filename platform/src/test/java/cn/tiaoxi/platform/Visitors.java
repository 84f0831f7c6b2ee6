package cn.tiaoxi.platform;

import java.net.URI;
import java.net.http.HttpClient;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.core.env.Environment;

/** Those who call the platform under test over HTTP. */
@TestComponent
public class Visitors {
    private static final String DEMO_PASSWORD = "tiaoxi-2026";

    private final Environment environment;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<String, Visitor> signedIn = new ConcurrentHashMap<>();

    Visitors(Environment environment) {
        this.environment = environment;
    }

    /** Somebody who has not signed in. */
    public Visitor anonymous() {
        return new Visitor(
                client,
                URI.create("http://127.0.0.1:" + environment.getProperty("local.server.port")));
    }

    /** One of the demonstration's people, signed in once for all tests. */
    public Visitor person(String username) {
        return signedIn.computeIfAbsent(username, u -> signIn(u, DEMO_PASSWORD));
    }

    /** Signs somebody in anew. */
    public Visitor signIn(String username, String password) {
        Visitor visitor = anonymous();
        visitor.get("/api/v1/session");
        Visitor.Answer answer =
                visitor.post("/api/v1/session", Map.of("username", username, "password", password));
        if (answer.status() != 200) {
            throw new AssertionError("Cannot sign in as " + username + ": " + answer);
        }
        return visitor;
    }
}
