package cn.tiaoxi.platform.catalogue;

import cn.tiaoxi.lake.kind.Grade;
import cn.tiaoxi.lake.kind.Kind;
import cn.tiaoxi.platform.border.Words;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** Says what a field seems to hold and how sensitive that is, by its names alone. */
@Component
public class FieldAdvice {
    private static final Words UNKNOWN =
            new Words(
                    "名称看不出是否敏感，按一般内部数据建议 L2",
                    "The name does not tell; L2 is usual for internal data");

    private final Lake lake;
    private final Elements elements;

    FieldAdvice(Lake lake, Elements elements) {
        this.lake = lake;
        this.elements = elements;
    }

    /**
     * A proposal.
     *
     * @param kind identifier of a kind of values, or null
     */
    public record Advice(@Nullable String kind, Grade grade, Words reason) {}

    /** A kind of values that a field can be said to hold. */
    public record KindChoice(String id, String name, Grade grade) {}

    /** What a field of that name and label seems to hold. */
    public Advice of(String name, String label) {
        String text = (name + " " + label).toLowerCase(Locale.ROOT);
        for (Kind kind : lake.kinds().all()) {
            if (kind.words().stream().anyMatch(text::contains)) {
                return new Advice(
                        kind.id(),
                        kind.grade(),
                        new Words(
                                "名称像" + kind.name() + "：" + kind.reason(),
                                "Named like " + kind.nameEn() + ": " + kind.reasonEn()));
            }
        }
        return elements.named(label)
                .map(
                        element ->
                                new Advice(
                                        null,
                                        element.grade(),
                                        new Words(
                                                "名称与数据元“" + element.name().zh() + "”一致，取其级别",
                                                "Named like the data element “"
                                                        + element.name().en()
                                                        + "”, whose grade it is")))
                .orElseGet(() -> new Advice(null, Grade.L2, UNKNOWN));
    }

    /** All kinds, named in the language of the request under way. */
    public List<KindChoice> kinds() {
        Locale language = LocaleContextHolder.getLocale();
        return lake.kinds().all().stream()
                .map(k -> new KindChoice(k.id(), k.name(language), k.grade()))
                .toList();
    }
}
