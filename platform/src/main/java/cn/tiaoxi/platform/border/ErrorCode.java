package cn.tiaoxi.platform.border;

/**
 * A stable code of one thing that can go wrong. Each module has one enum of its own that implements
 * this; the texts stand in {@code messages/<module>.properties} under the code's name, with {@code
 * .mend} behind it for how to mend it.
 */
public interface ErrorCode {

    /** Whose fault it is; decides who is told and whether trying again helps. */
    enum Fault {
        USER,
        PLATFORM,
        CAPACITY
    }

    /** The stable code, UPPER_SNAKE_CASE. */
    String name();

    /** The HTTP status of the answer. */
    int status();

    /** Whose fault it is; by default the status tells. */
    default Fault fault() {
        return switch (status()) {
            case 429, 503, 507 -> Fault.CAPACITY;
            default -> status() >= 500 ? Fault.PLATFORM : Fault.USER;
        };
    }
}
