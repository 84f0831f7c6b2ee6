package cn.tiaoxi.platform.catalogue;

import cn.tiaoxi.platform.border.ErrorCode;

/** What can go wrong with uploads and datasets, besides what the lake says of files and tables. */
enum CatalogueError implements ErrorCode {
    UPLOAD_NOT_FOUND(404),
    UPLOAD_STATE(409),
    UPLOAD_TOO_LARGE(413),
    UPLOAD_INTERRUPTED(409),
    UPLOAD_FULL(507),
    LOAD_FAILED(500),
    DATASET_NOT_FOUND(404),
    DATASET_BUSY(409),
    COLUMNS_DIFFER(409),
    REJECTS_NOT_FOUND(404);

    private final int status;

    CatalogueError(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }
}
