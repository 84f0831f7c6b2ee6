package cn.tiaoxi.gateway.upstream;

import io.netty.channel.EventLoop;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * A body that is passed on while it comes. {@link #sendTo} and {@link #resume} belong to the event
 * loop that made the call; the others may be used anywhere.
 */
public final class StreamedBody {
    private final ServiceCall call;
    private final EventLoop loop;
    private final CompletableFuture<Ending> ended = new CompletableFuture<>();
    private volatile Function<Ending, ? extends CompletableFuture<?>> record =
            ending -> CompletableFuture.completedFuture(null);

    StreamedBody(ServiceCall call, EventLoop loop) {
        this.call = call;
        this.loop = loop;
    }

    /**
     * Says who keeps how it ended. The body's end leaves only after that is kept; a failure to keep
     * it cuts the body.
     */
    public void recordsEnd(Function<Ending, ? extends CompletableFuture<?>> keeper) {
        this.record = keeper;
    }

    /** Begins to pass it on. */
    public void sendTo(BodyWriter writer) {
        call.sendTo(writer);
    }

    /** The caller takes more. */
    public void resume() {
        call.resume();
    }

    /** The caller has gone. */
    public void callerGone() {
        if (loop.inEventLoop()) {
            call.callerGone();
        } else {
            loop.execute(call::callerGone);
        }
    }

    /** Runs something once nothing more comes, however it ended. */
    public void whenEnded(Runnable action) {
        ended.whenComplete((ending, failure) -> action.run());
    }

    CompletableFuture<?> keep(Ending ending) {
        ended.complete(ending);
        return record.apply(ending);
    }
}
