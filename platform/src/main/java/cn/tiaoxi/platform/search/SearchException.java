package cn.tiaoxi.platform.search;

import cn.tiaoxi.platform.border.PlatformException;

/** A refusal of the search. */
public final class SearchException extends PlatformException {
    private SearchException(SearchError code, Object... arguments) {
        super(code, arguments);
    }

    static SearchException starting() {
        return new SearchException(SearchError.SEARCH_STARTING);
    }

    static SearchException kindUnknown(String kind) {
        return new SearchException(SearchError.SEARCH_KIND_UNKNOWN, kind);
    }
}
