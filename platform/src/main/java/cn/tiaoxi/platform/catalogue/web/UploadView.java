package cn.tiaoxi.platform.catalogue.web;

import cn.tiaoxi.lake.source.ProbeResult;
import cn.tiaoxi.platform.catalogue.Progress;
import cn.tiaoxi.platform.catalogue.Upload;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An upload in an answer. */
record UploadView(
        String id,
        String fileName,
        long bytes,
        Upload.State state,
        String by,
        Instant created,
        @Nullable ProbeView probe,
        @Nullable ProgressView progress,
        @Nullable ResultView result,
        @Nullable ProblemView error) {

    /** How far a load is. */
    record ProgressView(
            Progress.Phase phase,
            long rows,
            long rejected,
            long bytes,
            long totalBytes,
            int percent) {}

    /** What a load did. */
    record ResultView(String dataset, long rows, long rejected) {}

    static UploadView of(Upload upload, @Nullable Progress progress, Locale locale) {
        ProbeResult probe = upload.probe();
        Upload.Outcome outcome = upload.outcome();
        String dataset = upload.dataset();
        return new UploadView(
                upload.id(),
                upload.fileName(),
                upload.bytes(),
                upload.state(),
                upload.author().name(),
                upload.created(),
                probe == null ? null : ProbeView.of(probe, locale),
                progress == null
                        ? null
                        : new ProgressView(
                                progress.phase(),
                                progress.rows(),
                                progress.rejected(),
                                progress.bytes(),
                                progress.totalBytes(),
                                progress.percent()),
                outcome == null || dataset == null
                        ? null
                        : new ResultView(dataset, outcome.rows(), outcome.rejected()),
                ProblemView.of(upload.fault(), locale));
    }

    /** The same without what a list does not show. */
    UploadView inList() {
        return new UploadView(
                id, fileName, bytes, state, by, created, null, progress, result, error);
    }
}
