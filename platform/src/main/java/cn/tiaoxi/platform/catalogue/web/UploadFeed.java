package cn.tiaoxi.platform.catalogue.web;

import cn.tiaoxi.platform.border.Feed;
import cn.tiaoxi.platform.catalogue.Upload;
import cn.tiaoxi.platform.catalogue.UploadChanged;
import cn.tiaoxi.platform.catalogue.Uploads;
import java.util.Locale;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Tells pages how loads go on. Whoever reads it may follow the upload: that is asked before. */
@Component
class UploadFeed {
    private final Uploads uploads;
    private final Feed feed = new Feed("progress");

    UploadFeed(Uploads uploads) {
        this.uploads = uploads;
    }

    SseEmitter open(Upload upload) {
        SseEmitter emitter = feed.open(upload.id(), view(upload));
        // It may have ended between the asker's look and the stream's beginning.
        changed(new UploadChanged(upload.id()));
        return emitter;
    }

    @EventListener
    void changed(UploadChanged event) {
        if (!feed.isFollowed(event.id())) {
            return;
        }
        uploads.find(event.id())
                .ifPresent(
                        upload -> {
                            if (upload.state() == Upload.State.LOADING) {
                                feed.tell(event.id(), view(upload));
                            } else {
                                feed.end(event.id(), view(upload));
                            }
                        });
    }

    private UploadView view(Upload upload) {
        return UploadView.of(upload, uploads.progress(upload), Locale.SIMPLIFIED_CHINESE).inList();
    }
}
