package cn.tiaoxi.platform.proof;

import cn.tiaoxi.platform.border.PlatformException;
import java.util.List;

/** A look at the trace that cannot be answered. */
public final class ProofException extends PlatformException {
    private ProofException(ProofError code, Object... arguments) {
        super(code, arguments);
    }

    private ProofException(ProofError code, Throwable cause, Object... arguments) {
        super(code, cause, List.of(), arguments);
    }

    static ProofException notFound(String record) {
        return new ProofException(ProofError.RECORD_NOT_FOUND, record);
    }

    static ProofException aboutUnknown(String about) {
        return new ProofException(ProofError.TIMELINE_ABOUT_UNKNOWN, about);
    }

    static ProofException unreachable(String origin, Throwable cause) {
        return new ProofException(ProofError.LOG_UNREACHABLE, cause, origin);
    }

    static ProofException broken(String origin, Throwable cause) {
        return new ProofException(ProofError.LOG_BROKEN, cause, origin);
    }
}
