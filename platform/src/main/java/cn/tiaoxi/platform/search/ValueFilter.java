package cn.tiaoxi.platform.search;

import java.util.Set;
import java.util.stream.Collectors;
import org.apache.lucene.util.BytesRef;

/** That a document has one of these values in an indexed field. */
record ValueFilter(String field, Set<BytesRef> values) {

    /** One of these values of a filter. */
    static ValueFilter of(String filter, Set<String> values) {
        return new ValueFilter(DocumentMaker.filter(filter), bytes(values));
    }

    /** Of one of these organisations, or for everybody. */
    static ValueFilter within(Set<String> organisations) {
        Set<BytesRef> all = bytes(organisations);
        all.add(new BytesRef(DocumentMaker.EVERYBODY));
        return new ValueFilter(DocumentMaker.ORGANISATION, all);
    }

    private static Set<BytesRef> bytes(Set<String> values) {
        return values.stream().map(DocumentMaker::value).collect(Collectors.toSet());
    }
}
