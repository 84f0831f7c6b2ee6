package cn.tiaoxi.platform.device;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How devices are heard.
 *
 * @param ahead how far a heartbeat's time may lie in the future, for clocks that go wrong; up to an
 *     hour
 * @param oldest how old a heartbeat may be when it comes, for gateways that send later; 1 minute to
 *     7 days
 * @param sweep how often silent devices are looked for, 1 second to 10 minutes
 * @param keepOutages how long outages are kept, 35 days or more
 * @param mqtt the broker to listen to
 */
@ConfigurationProperties(prefix = "tiaoxi.device", ignoreUnknownFields = false)
record DeviceProperties(
        @DefaultValue("2m") Duration ahead,
        @DefaultValue("24h") Duration oldest,
        @DefaultValue("15s") Duration sweep,
        @DefaultValue("400d") Duration keepOutages,
        @DefaultValue Mqtt mqtt) {

    DeviceProperties {
        within("ahead", ahead, Duration.ZERO, Duration.ofHours(1));
        within("oldest", oldest, Duration.ofMinutes(1), Duration.ofDays(7));
        within("sweep", sweep, Duration.ofSeconds(1), Duration.ofMinutes(10));
        within("keep-outages", keepOutages, Duration.ofDays(35), Duration.ofDays(3650));
    }

    private static void within(String name, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    "tiaoxi.device.%s must be between %s and %s, not %s"
                            .formatted(name, least, most, value));
        }
    }

    /**
     * The broker to listen to.
     *
     * @param url {@code mqtt://host:1883} or, with TLS, {@code mqtts://host:8883}; nothing listens
     *     without it
     * @param username account at the broker, if it asks for one
     * @param passwordFile file that holds the account's password and nothing else
     * @param topic where devices report; the level {@code {code}} is the device's code
     * @param client name under which the broker keeps what came while the platform was away; each
     *     platform needs its own
     * @param organisation code of the organisation whose devices, and those of the ones below it,
     *     the broker may report; the whole city unless told
     */
    record Mqtt(
            @Nullable URI url,
            @Nullable String username,
            @Nullable Path passwordFile,
            @DefaultValue("devices/{code}/heartbeat") String topic,
            @DefaultValue("tiaoxi") String client,
            @DefaultValue("") String organisation) {
        private static final String CODE = "{code}";

        Mqtt {
            if (url != null && (url.getHost() == null || !isKnown(url.getScheme()))) {
                throw new IllegalArgumentException(
                        "tiaoxi.device.mqtt.url must be mqtt://host:port or mqtts://host:port");
            }
            if (levelOf(topic) < 0 || topic.contains("#") || topic.contains("+")) {
                throw new IllegalArgumentException(
                        "tiaoxi.device.mqtt.topic must have one level {code} and no wildcards");
            }
        }

        private static boolean isKnown(@Nullable String scheme) {
            return "mqtt".equals(scheme) || "mqtts".equals(scheme);
        }

        private static int levelOf(String topic) {
            return java.util.List.of(topic.split("/", -1)).indexOf(CODE);
        }

        /** Which level of the topic is the device's code, counted from 0. */
        int level() {
            return levelOf(topic);
        }

        /** What to subscribe to. */
        String filter() {
            return topic.replace(CODE, "+");
        }
    }
}
