package cn.tiaoxi.command;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The demonstration's people, each signed in when first needed. */
final class Cast implements AutoCloseable {
    private final URI platform;
    private final Map<String, String> passwords = new HashMap<>();
    private final Map<String, PlatformClient> signedIn = new HashMap<>();

    /**
     * Asks the platform who they are.
     *
     * @throws IllegalStateException if it runs without the demonstration
     */
    Cast(URI platform) {
        this.platform = platform;
        try (PlatformClient nobody = new PlatformClient(platform, "zh-CN")) {
            for (JsonNode account : nobody.signedOutSession().path("demoAccounts")) {
                passwords.put(
                        account.path("username").asString(), account.path("password").asString());
            }
        }
        if (passwords.isEmpty()) {
            throw new IllegalStateException(
                    "The platform at "
                            + platform
                            + " runs without --demo and has no such accounts");
        }
    }

    PlatformClient as(String username) {
        String password = passwords.get(username);
        if (password == null) {
            throw new IllegalArgumentException("There is no demonstration account " + username);
        }
        return signedIn.computeIfAbsent(
                username, name -> PlatformClient.signIn(platform, name, password));
    }

    @Override
    public void close() {
        signedIn.values().forEach(PlatformClient::close);
    }
}
