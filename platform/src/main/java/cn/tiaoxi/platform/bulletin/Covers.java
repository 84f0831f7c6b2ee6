package cn.tiaoxi.platform.bulletin;

import cn.tiaoxi.platform.border.Words;
import cn.tiaoxi.platform.city.City;
import cn.tiaoxi.platform.city.Organisation;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Puts figures into the words of the cover. */
@Component
class Covers {
    private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");

    private final BulletinSettings settings;
    private final City city;
    private final MessageSource texts;

    Covers(BulletinSettings settings, City city, MessageSource texts) {
        this.settings = settings;
        this.city = city;
        this.texts = texts;
    }

    /** A month as people write it. */
    static Words name(YearMonth month) {
        return new Words(
                "%d 年 %d 月".formatted(month.getYear(), month.getMonthValue()),
                DateTimeFormatter.ofPattern("MMMM yyyy", Locale.ENGLISH).format(month));
    }

    /** A share as people read it. */
    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f%%", share * 100);
    }

    Figures.Cover cover(
            YearMonth month, Organisation organisation, Rate own, Rate all, int place, int places) {
        Map<String, Words> values = new HashMap<>();
        values.put("city", city.name());
        values.put("month", name(month));
        values.put("organisation", organisation.name());
        values.put("kind", kind(organisation.kind()));
        values.put("entries", same(String.format(Locale.ROOT, "%,d", own.entries())));
        values.put("rate", same(percent(own.share())));
        values.put("cityRate", same(percent(all.share())));
        values.put("rank", same(Integer.toString(place)));
        values.put("of", same(Integer.toString(places)));
        values.put("acknowledgeDays", same(Integer.toString(settings.acknowledge().workingDays())));
        values.put("answerDays", same(Integer.toString(settings.answer().workingDays())));
        BulletinSettings.CoverText text = settings.cover();
        return new Figures.Cover(
                filled(text.title(), values),
                filled(text.greeting(), values),
                text.body().stream().map(w -> filled(w, values)).toList(),
                filled(text.closing(), values),
                settings.office().name());
    }

    /** What sort of organisation it is, in words. */
    Words kind(Organisation.Kind kind) {
        String key = "bulletin.kind." + kind.name();
        return new Words(
                texts.getMessage(key, null, Locale.SIMPLIFIED_CHINESE),
                texts.getMessage(key, null, Locale.ENGLISH));
    }

    private static Words same(String text) {
        return new Words(text, text);
    }

    private static Words filled(Words words, Map<String, Words> values) {
        return new Words(
                filled(words.zh(), values, Locale.SIMPLIFIED_CHINESE),
                filled(words.en(), values, Locale.ENGLISH));
    }

    private static String filled(String text, Map<String, Words> values, Locale language) {
        Matcher matcher = PLACE.matcher(text);
        return matcher.replaceAll(
                found ->
                        Matcher.quoteReplacement(
                                values.getOrDefault(found.group(1), same(found.group()))
                                        .in(language)));
    }

    /** What people call the bulletin of a month. */
    Words title(YearMonth month) {
        return filled(settings.cover().title(), Map.of("month", name(month), "city", city.name()));
    }
}
