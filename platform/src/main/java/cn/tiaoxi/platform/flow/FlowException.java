package cn.tiaoxi.platform.flow;

import cn.tiaoxi.platform.border.PlatformException;

/** A refusal about processes. */
public final class FlowException extends PlatformException {
    private FlowException(FlowError code, Object... arguments) {
        super(code, arguments);
    }

    /** Nothing runs or ran for that subject. */
    static FlowException processNotFound(String subject) {
        return new FlowException(FlowError.PROCESS_NOT_FOUND, subject);
    }

    /** The process does not wait there any more. */
    static FlowException taskClosed(String subject, String node) {
        return new FlowException(FlowError.TASK_CLOSED, subject, node);
    }
}
