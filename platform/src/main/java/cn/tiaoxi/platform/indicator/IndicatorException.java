package cn.tiaoxi.platform.indicator;

import cn.tiaoxi.platform.border.PlatformException;
import java.util.List;

/** An indicator that cannot be shown. */
public final class IndicatorException extends PlatformException {
    private IndicatorException(IndicatorError code, Object... arguments) {
        super(code, arguments);
    }

    private IndicatorException(Throwable cause, String id) {
        super(IndicatorError.INDICATOR_FAILED, cause, List.of(), id);
    }

    static IndicatorException notFound(String id) {
        return new IndicatorException(IndicatorError.INDICATOR_NOT_FOUND, id);
    }

    static IndicatorException failed(String id, Throwable cause) {
        return new IndicatorException(cause, id);
    }
}
