package cn.tiaoxi.platform.search.web;

import cn.tiaoxi.platform.search.SearchIndex;
import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Names the kinds of things that are searched. */
@Component
class SearchNames {
    private final SearchIndex search;
    private final MessageSource messages;

    SearchNames(SearchIndex search, MessageSource messages) {
        this.search = search;
        this.messages = messages;
    }

    String name(String kind, Locale locale) {
        String own = search.name(kind);
        String otherwise = own.isEmpty() ? kind : own;
        String name = messages.getMessage("search." + kind, null, otherwise, locale);
        return name == null ? otherwise : name;
    }
}
