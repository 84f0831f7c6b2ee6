package cn.tiaoxi.gateway.upstream;

import io.netty.channel.EventLoop;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** The body of a service's answer, passed on while it comes. */
public final class ServiceBody implements StreamedBody {
    private final ServiceCall call;
    private final EventLoop loop;
    private final CompletableFuture<Ending> ended = new CompletableFuture<>();
    private volatile Function<Ending, ? extends CompletableFuture<?>> record =
            ending -> CompletableFuture.completedFuture(null);

    ServiceBody(ServiceCall call, EventLoop loop) {
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

    @Override
    public void sendTo(BodyWriter writer) {
        call.sendTo(writer);
    }

    @Override
    public void resume() {
        call.resume();
    }

    @Override
    public void callerGone() {
        if (loop.inEventLoop()) {
            call.callerGone();
        } else {
            loop.execute(call::callerGone);
        }
    }

    @Override
    public void whenEnded(Runnable action) {
        ended.whenComplete((ending, failure) -> action.run());
    }

    CompletableFuture<?> keep(Ending ending) {
        ended.complete(ending);
        return record.apply(ending);
    }
}
