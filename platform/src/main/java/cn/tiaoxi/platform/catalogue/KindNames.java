package cn.tiaoxi.platform.catalogue;

import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** What the kinds of values are called. */
@Component
public class KindNames {
    private final Lake lake;

    KindNames(Lake lake) {
        this.lake = lake;
    }

    /** The name in the language of the request under way, or the identifier if it is unknown. */
    public String name(String kind) {
        return lake.kinds().all().stream()
                .filter(k -> k.id().equals(kind))
                .findFirst()
                .map(k -> k.name(LocaleContextHolder.getLocale()))
                .orElse(kind);
    }
}
