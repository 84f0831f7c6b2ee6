package cn.tiaoxi.platform.device;

import cn.tiaoxi.platform.border.ErrorCode;

/** What can go wrong with devices and those who report them. */
public enum DeviceError implements ErrorCode {
    DEVICE_NOT_FOUND(404),
    REPORTER_NOT_FOUND(404),
    REPORTER_NAME_TAKEN(409),
    REPORTER_TOKEN_WRONG(401),
    HEARTBEATS_UNREADABLE(400),
    HEARTBEATS_TOO_MANY(413),
    HEARTBEATS_WAITING(503);

    private final int status;

    DeviceError(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }
}
