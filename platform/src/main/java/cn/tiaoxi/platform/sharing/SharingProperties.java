package cn.tiaoxi.platform.sharing;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where callers reach the data.
 *
 * @param gatewayAddress base URL of the gateways, as callers use it
 */
@ConfigurationProperties(prefix = "tiaoxi.sharing", ignoreUnknownFields = false)
record SharingProperties(@DefaultValue("http://127.0.0.1:8090") URI gatewayAddress) {
    String base() {
        return gatewayAddress.toString().replaceAll("/+$", "");
    }
}
