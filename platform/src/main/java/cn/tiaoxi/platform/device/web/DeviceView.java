package cn.tiaoxi.platform.device.web;

import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.device.Device;
import cn.tiaoxi.platform.device.Heartbeat;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A device in an answer. */
record DeviceView(
        String id,
        String code,
        String title,
        Organisations.Named organisation,
        Organisations.Named kind,
        Organisations.Named division,
        Device.State state,
        String stateName,
        Instant since,
        @Nullable Instant lastSeen,
        @Nullable Double lon,
        @Nullable Double lat,
        @Nullable Integer battery,
        @Nullable Integer signal,
        Heartbeat.@Nullable Status status) {}
