package cn.tiaoxi.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.DecoratingHttp2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Flags;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Settings;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes the frames of an HTTP/2 connection within bounds: streams at once, size of
 * headers, streams reset (CVE-2023-44487) and made to be reset (CVE-2025-55163), frames of a header
 * block, empty data, and all frames that only make work. Whoever goes beyond is sent away with
 * {@code ENHANCE_YOUR_CALM}.
 */
record Http2Frames(Http2FrameCodec codec) {
    private static final int STREAMS = 128;
    private static final int WINDOW_BYTES = 65_535;
    private static final int FRAME_BYTES = 16_384;
    private static final int RESETS = 100;
    private static final int WINDOW_SECONDS = 10;
    private static final int SMALL_CONTINUATIONS = 4;
    private static final int EMPTY_DATA = 2;
    private static final int QUEUED_CONTROL_FRAMES = 500;
    private static final long FINISHING_SECONDS = 10;

    static Http2Frames make(Limits limits) {
        Http2FrameCodec codec =
                new Builder()
                        .initialSettings(
                                new Http2Settings()
                                        .maxConcurrentStreams(STREAMS)
                                        .initialWindowSize(WINDOW_BYTES)
                                        .maxFrameSize(FRAME_BYTES)
                                        .maxHeaderListSize(limits.requestBytes()))
                        .validateHeaders(true)
                        .decoderEnforceMaxRstFramesPerWindow(RESETS, WINDOW_SECONDS)
                        .encoderEnforceMaxRstFramesPerWindow(RESETS, WINDOW_SECONDS)
                        .decoderEnforceMaxConsecutiveEmptyDataFrames(EMPTY_DATA)
                        .decoderEnforceMaxSmallContinuationFrames(SMALL_CONTINUATIONS)
                        .encoderEnforceMaxQueuedControlFrames(QUEUED_CONTROL_FRAMES)
                        .gracefulShutdownTimeoutMillis(TimeUnit.SECONDS.toMillis(FINISHING_SECONDS))
                        .build();
        return new Http2Frames(codec);
    }

    private static final class Builder extends Http2FrameCodecBuilder {
        Builder() {
            server(true);
        }

        @Override
        protected Http2FrameCodec build(
                Http2ConnectionDecoder decoder,
                Http2ConnectionEncoder encoder,
                Http2Settings settings) {
            return super.build(new CalmDecoder(decoder), encoder, settings);
        }
    }

    private static final class CalmDecoder extends DecoratingHttp2ConnectionDecoder {
        private @Nullable Http2FrameListener own;

        CalmDecoder(Http2ConnectionDecoder decoder) {
            super(decoder);
        }

        @Override
        public void frameListener(Http2FrameListener listener) {
            own = listener;
            super.frameListener(listener == null ? null : new CalmListener(listener));
        }

        @Override
        public @Nullable Http2FrameListener frameListener() {
            return own;
        }
    }

    /** Counts the frames that carry nothing; owned by the connection's event loop. */
    private static final class CalmListener extends Http2FrameListenerDecorator {
        private static final int MOST = 500;
        private static final int SMALL_INCREMENT = 1_024;
        private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(WINDOW_SECONDS);

        private long windowBegan = System.nanoTime();
        private int inWindow;

        CalmListener(Http2FrameListener listener) {
            super(listener);
        }

        private void count() throws Http2Exception {
            long now = System.nanoTime();
            if (now - windowBegan > WINDOW_NANOS) {
                windowBegan = now;
                inWindow = 0;
            }
            if (++inWindow > MOST) {
                throw Http2Exception.connectionError(
                        Http2Error.ENHANCE_YOUR_CALM,
                        "More than %d frames without content in %d s",
                        MOST,
                        WINDOW_SECONDS);
            }
        }

        @Override
        public void onSettingsRead(ChannelHandlerContext context, Http2Settings settings)
                throws Http2Exception {
            count();
            super.onSettingsRead(context, settings);
        }

        @Override
        public void onPingRead(ChannelHandlerContext context, long data) throws Http2Exception {
            count();
            super.onPingRead(context, data);
        }

        @Override
        public void onPriorityRead(
                ChannelHandlerContext context,
                int stream,
                int dependency,
                short weight,
                boolean exclusive)
                throws Http2Exception {
            count();
            super.onPriorityRead(context, stream, dependency, weight, exclusive);
        }

        @Override
        public void onWindowUpdateRead(ChannelHandlerContext context, int stream, int increment)
                throws Http2Exception {
            if (increment < SMALL_INCREMENT) {
                count();
            }
            super.onWindowUpdateRead(context, stream, increment);
        }

        @Override
        public void onUnknownFrame(
                ChannelHandlerContext context,
                byte type,
                int stream,
                Http2Flags flags,
                ByteBuf payload)
                throws Http2Exception {
            count();
            super.onUnknownFrame(context, type, stream, flags, payload);
        }
    }
}
