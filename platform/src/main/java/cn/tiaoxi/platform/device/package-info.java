/**
 * Sensing devices: their heartbeats over HTTP and MQTT, who is silent, online rates and the map.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {"border", "city", "database", "evidence", "identity", "ledger"})
package cn.tiaoxi.platform.device;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
