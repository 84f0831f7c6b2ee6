package cn.tiaoxi.platform.border;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The one shape of failure at the border. Each module has one subclass with static factories. */
public abstract class PlatformException extends RuntimeException {
    private final transient ErrorCode code;
    private final transient Object[] arguments;
    private final transient List<FieldError> fieldErrors;

    protected PlatformException(ErrorCode code, Object... arguments) {
        this(code, null, List.of(), arguments);
    }

    protected PlatformException(
            ErrorCode code,
            @Nullable Throwable cause,
            List<FieldError> fieldErrors,
            Object... arguments) {
        super(code.name() + " " + java.util.Arrays.toString(arguments), cause);
        this.code = code;
        this.arguments = arguments.clone();
        this.fieldErrors = List.copyOf(fieldErrors);
    }

    public ErrorCode code() {
        return code;
    }

    /** What the message names, in order. */
    public Object[] arguments() {
        return arguments.clone();
    }

    public List<FieldError> fieldErrors() {
        return fieldErrors;
    }
}
