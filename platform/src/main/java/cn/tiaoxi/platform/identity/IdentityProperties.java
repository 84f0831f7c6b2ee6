package cn.tiaoxi.platform.identity;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How people sign in.
 *
 * @param demo whether the demonstration's accounts exist; only on a loopback address
 * @param attempts wrong passwords in a row after which an account is locked, 3 to 20
 * @param lockFor how long it stays locked
 * @param passwordLength least number of characters of a password, 8 to 128
 * @param idle how long a session lives without a request
 * @param longest how long a session lives at all
 * @param userNameClaim claim of an OIDC identity that holds the user name
 */
@ConfigurationProperties(prefix = "tiaoxi.identity", ignoreUnknownFields = false)
public record IdentityProperties(
        @DefaultValue("false") boolean demo,
        @DefaultValue("5") int attempts,
        @DefaultValue("15m") Duration lockFor,
        @DefaultValue("10") int passwordLength,
        @DefaultValue("4h") Duration idle,
        @DefaultValue("24h") Duration longest,
        @DefaultValue("preferred_username") String userNameClaim) {
    public IdentityProperties {
        if (attempts < 3 || attempts > 20) {
            throw new IllegalArgumentException(
                    "tiaoxi.identity.attempts must be between 3 and 20, not " + attempts);
        }
        if (passwordLength < 8 || passwordLength > 128) {
            throw new IllegalArgumentException(
                    "tiaoxi.identity.password-length must be between 8 and 128, not "
                            + passwordLength);
        }
    }
}
