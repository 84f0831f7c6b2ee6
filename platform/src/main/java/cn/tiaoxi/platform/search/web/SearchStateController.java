package cn.tiaoxi.platform.search.web;

import cn.tiaoxi.platform.identity.Access;
import cn.tiaoxi.platform.identity.Permission;
import cn.tiaoxi.platform.search.Drift;
import cn.tiaoxi.platform.search.SearchCare;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** How the search stands, and what can be done about it. */
@RestController
@RequestMapping("/api/v1/search")
class SearchStateController {
    private final SearchCare care;
    private final SearchNames names;
    private final Access access;

    SearchStateController(SearchCare care, SearchNames names, Access access) {
        this.care = care;
        this.names = names;
        this.access = access;
    }

    /** How all indexes stand. */
    record StateView(boolean busy, List<KindView> kinds) {}

    /** How the index of a kind stands. */
    record KindView(
            String kind,
            String name,
            long indexed,
            long source,
            long bytes,
            @Nullable Instant committed,
            SearchCare.@Nullable Building building,
            @Nullable Instant checked,
            @Nullable Drift drift) {}

    @GetMapping("/state")
    @Permission("search:manage")
    StateView state(Locale locale) {
        SearchCare.State state = care.state();
        return new StateView(
                state.busy(), state.kinds().stream().map(k -> view(k, locale)).toList());
    }

    private KindView view(SearchCare.KindState kind, Locale locale) {
        return new KindView(
                kind.kind(),
                names.name(kind.kind(), locale),
                kind.indexed(),
                kind.source(),
                kind.bytes(),
                kind.committed(),
                kind.building(),
                kind.checked(),
                kind.drift());
    }

    @PostMapping("/check")
    @Permission("search:manage")
    @ResponseStatus(HttpStatus.ACCEPTED)
    StateView check(@RequestParam(defaultValue = "") String kind, Locale locale) {
        care.askForCheck(access.actor().who(), kind);
        return state(locale);
    }

    @PostMapping("/rebuild")
    @Permission("search:manage")
    @ResponseStatus(HttpStatus.ACCEPTED)
    StateView rebuild(@RequestParam(defaultValue = "") String kind, Locale locale) {
        care.askForRebuild(access.actor().who(), kind);
        return state(locale);
    }
}
