package cn.tiaoxi.gateway.upstream;

/**
 * A body that is passed on in pieces as the caller takes them: of a service's answer, or of a file.
 * {@link #sendTo} and {@link #resume} belong to the event loop of the caller's connection; the
 * others may be used anywhere.
 */
public interface StreamedBody {
    /** Begins to pass it on. */
    void sendTo(BodyWriter writer);

    /** The caller takes more. */
    void resume();

    /** The caller has gone. */
    void callerGone();

    /** Runs something once nothing more comes, however it ended. */
    void whenEnded(Runnable action);
}
