package cn.tiaoxi.platform.conformance;

import cn.tiaoxi.platform.border.PlatformException;

/** A refusal about checklists. */
public final class ConformanceException extends PlatformException {
    private ConformanceException(ConformanceError code, Object... arguments) {
        super(code, arguments);
    }

    static ConformanceException itemUnknown(String item) {
        return new ConformanceException(ConformanceError.ITEM_UNKNOWN, item);
    }

    static ConformanceException waiverNotFound(String item) {
        return new ConformanceException(ConformanceError.WAIVER_NOT_FOUND, item);
    }
}
