package cn.tiaoxi.platform.city;

import cn.tiaoxi.platform.border.Words;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The city's bodies as a tree, from {@code organisation.yaml}. */
@Component
public class Organisations {
    private final Map<String, Organisation> byCode;

    /** One body in the file, with those below it. */
    record Entry(
            String code,
            Words name,
            Organisation.Kind kind,
            @Nullable String creditCode,
            @Nullable List<Entry> below) {}

    Organisations(CityFolder folder) {
        Map<String, Organisation> read = new LinkedHashMap<>();
        add(folder, read, folder.read("organisation.yaml", Entry.class), null);
        this.byCode = Collections.unmodifiableMap(read);
    }

    private static void add(
            CityFolder folder,
            Map<String, Organisation> read,
            Entry entry,
            @Nullable String parent) {
        Organisation organisation =
                new Organisation(
                        entry.code(), entry.name(), entry.kind(), parent, entry.creditCode());
        if (read.putIfAbsent(entry.code(), organisation) != null) {
            throw CityException.wrong(
                    folder.path("organisation.yaml"), "the code " + entry.code() + " stands twice");
        }
        List<Entry> below = entry.below();
        if (below != null) {
            below.forEach(e -> add(folder, read, e, entry.code()));
        }
    }

    /** All bodies, each after the one above it. */
    public Collection<Organisation> all() {
        return byCode.values();
    }

    /** The body above all others. */
    public Organisation top() {
        return byCode.values().iterator().next();
    }

    public Optional<Organisation> find(String code) {
        return Optional.ofNullable(byCode.get(code));
    }

    /** The name in the language of the request under way, or the code if there is no such body. */
    public String name(String code) {
        return find(code).map(o -> o.name().shown()).orElse(code);
    }

    /** The code and name as they stand in answers. */
    public Named named(String code) {
        return new Named(code, name(code));
    }

    /** An organisation in an answer. */
    public record Named(String code, String name) {}

    /** Whether the second is the first or stands below it. */
    public boolean contains(String upper, String lower) {
        @Nullable String at = lower;
        while (at != null) {
            if (at.equals(upper)) {
                return true;
            }
            Organisation organisation = byCode.get(at);
            at = organisation == null ? null : organisation.parent();
        }
        return false;
    }

    /** The body itself and all below it. */
    public Set<String> within(String code) {
        Set<String> found = new HashSet<>();
        for (String each : byCode.keySet()) {
            if (contains(code, each)) {
                found.add(each);
            }
        }
        return found;
    }
}
