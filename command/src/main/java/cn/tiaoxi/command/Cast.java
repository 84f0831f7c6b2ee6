package cn.tiaoxi.command;

import java.net.URI;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The demonstration's people, each signed in when first needed. */
final class Cast implements AutoCloseable {
    /** An account as the sign-in page shows it. */
    record Account(String password, String name, String organisation, String role) {}

    private final URI platform;
    private final Map<String, Account> accounts = new LinkedHashMap<>();
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
                accounts.put(
                        account.path("username").asString(),
                        new Account(
                                account.path("password").asString(),
                                account.path("name").asString(),
                                account.path("organisation").asString(),
                                account.path("role").asString()));
            }
        }
        if (accounts.isEmpty()) {
            throw new IllegalStateException(
                    "The platform at "
                            + platform
                            + " runs without --demo and has no such accounts");
        }
    }

    /** Who can sign in, by user name. */
    Map<String, Account> accounts() {
        return accounts;
    }

    PlatformClient as(String username) {
        Account account = accounts.get(username);
        if (account == null) {
            throw new IllegalArgumentException("There is no demonstration account " + username);
        }
        return signedIn.computeIfAbsent(
                username, name -> PlatformClient.signIn(platform, name, account.password()));
    }

    @Override
    public void close() {
        signedIn.values().forEach(PlatformClient::close);
    }
}
