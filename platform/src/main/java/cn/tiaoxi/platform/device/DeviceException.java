package cn.tiaoxi.platform.device;

import cn.tiaoxi.platform.border.PlatformException;

/** A refusal about devices and those who report them. */
public final class DeviceException extends PlatformException {
    private DeviceException(DeviceError code, Object... arguments) {
        super(code, arguments);
    }

    static DeviceException deviceNotFound(String id) {
        return new DeviceException(DeviceError.DEVICE_NOT_FOUND, id);
    }

    static DeviceException reporterNotFound(String id) {
        return new DeviceException(DeviceError.REPORTER_NOT_FOUND, id);
    }

    static DeviceException reporterNameTaken(String name) {
        return new DeviceException(DeviceError.REPORTER_NAME_TAKEN, name);
    }

    /** The token is missing, unknown or revoked; which of them is not told. */
    public static DeviceException reporterTokenWrong() {
        return new DeviceException(DeviceError.REPORTER_TOKEN_WRONG);
    }

    /** The body is neither a heartbeat nor a list of them. */
    public static DeviceException heartbeatsUnreadable(String reason) {
        return new DeviceException(DeviceError.HEARTBEATS_UNREADABLE, reason);
    }

    /** The body holds more than may be sent at once. */
    public static DeviceException heartbeatsTooMany(int most) {
        return new DeviceException(DeviceError.HEARTBEATS_TOO_MANY, most);
    }

    /** More are waiting than can be written soon; none of this batch was taken. */
    static DeviceException heartbeatsWaiting() {
        return new DeviceException(DeviceError.HEARTBEATS_WAITING);
    }
}
