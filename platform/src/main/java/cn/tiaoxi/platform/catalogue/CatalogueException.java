package cn.tiaoxi.platform.catalogue;

import cn.tiaoxi.platform.border.PlatformException;

/** A refusal about uploads and datasets. */
public final class CatalogueException extends PlatformException {
    private CatalogueException(CatalogueError code, Object... arguments) {
        super(code, arguments);
    }

    static CatalogueException uploadNotFound(String id) {
        return new CatalogueException(CatalogueError.UPLOAD_NOT_FOUND, id);
    }

    /** The upload's state does not permit that. */
    static CatalogueException uploadState(Upload upload) {
        return new CatalogueException(
                CatalogueError.UPLOAD_STATE, upload.fileName(), upload.state().name());
    }

    static CatalogueException uploadTooLarge(long mostMegabytes) {
        return new CatalogueException(CatalogueError.UPLOAD_TOO_LARGE, mostMegabytes);
    }

    /** The platform stopped before the file was there whole. */
    static CatalogueException uploadInterrupted() {
        return new CatalogueException(CatalogueError.UPLOAD_INTERRUPTED);
    }

    /** There is no room for the file. */
    static CatalogueException uploadFull() {
        return new CatalogueException(CatalogueError.UPLOAD_FULL);
    }

    /** The load ended for a reason that nobody foresaw. */
    static CatalogueException loadFailed(String reference) {
        return new CatalogueException(CatalogueError.LOAD_FAILED, reference);
    }

    static CatalogueException datasetNotFound(String id) {
        return new CatalogueException(CatalogueError.DATASET_NOT_FOUND, id);
    }

    /** Another load of the dataset is under way. */
    static CatalogueException datasetBusy() {
        return new CatalogueException(CatalogueError.DATASET_BUSY);
    }

    /** The columns to append are not those of the table. */
    static CatalogueException columnsDiffer(String title, String columns) {
        return new CatalogueException(CatalogueError.COLUMNS_DIFFER, title, columns);
    }

    static CatalogueException rejectsNotFound() {
        return new CatalogueException(CatalogueError.REJECTS_NOT_FOUND);
    }
}
