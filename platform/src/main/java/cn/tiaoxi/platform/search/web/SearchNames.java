package cn.tiaoxi.platform.search.web;

import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Names the kinds of things that are searched. */
@Component
class SearchNames {
    private final MessageSource messages;

    SearchNames(MessageSource messages) {
        this.messages = messages;
    }

    String name(String kind, Locale locale) {
        String name = messages.getMessage("search." + kind, null, kind, locale);
        return name == null ? kind : name;
    }
}
