package cn.tiaoxi.platform.search;

import cn.tiaoxi.platform.border.ErrorCode;

/** What can go wrong with the search. */
public enum SearchError implements ErrorCode {
    SEARCH_STARTING(503),
    SEARCH_KIND_UNKNOWN(404);

    private final int status;

    SearchError(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }
}
