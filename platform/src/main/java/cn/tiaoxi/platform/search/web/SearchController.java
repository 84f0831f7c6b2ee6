package cn.tiaoxi.platform.search.web;

import cn.tiaoxi.platform.identity.Access;
import cn.tiaoxi.platform.identity.SignedIn;
import cn.tiaoxi.platform.search.SearchHit;
import cn.tiaoxi.platform.search.SearchIndex;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** One search over everything that the person may see. */
@RestController
class SearchController {
    private static final int OF_EACH_KIND = 8;

    private final SearchIndex search;
    private final Access access;
    private final SearchNames names;

    SearchController(SearchIndex search, Access access, SearchNames names) {
        this.search = search;
        this.access = access;
        this.names = names;
    }

    /** Something found, in an answer. */
    record Hit(String id, String title, String subtitle, String link, @Nullable String highlight) {}

    /** What was found of one kind. */
    record Group(String kind, String name, List<Hit> items) {}

    /** What was found. */
    record Found(List<Group> groups) {}

    @GetMapping("/api/v1/search")
    @SignedIn
    Found search(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") Set<String> kind,
            Locale locale) {
        Map<String, List<SearchHit>> found = search.find(access.actor(), q, kind, OF_EACH_KIND);
        return new Found(
                found.entrySet().stream()
                        .map(
                                g ->
                                        new Group(
                                                g.getKey(),
                                                names.name(g.getKey(), locale),
                                                g.getValue().stream()
                                                        .map(SearchController::view)
                                                        .toList()))
                        .toList());
    }

    private static Hit view(SearchHit hit) {
        return new Hit(hit.id(), hit.title(), hit.subtitle(), hit.link(), hit.highlight());
    }
}
