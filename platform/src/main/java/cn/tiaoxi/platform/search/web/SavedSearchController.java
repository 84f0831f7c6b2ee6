package cn.tiaoxi.platform.search.web;

import cn.tiaoxi.platform.border.BorderException;
import cn.tiaoxi.platform.border.Characters;
import cn.tiaoxi.platform.identity.Access;
import cn.tiaoxi.platform.identity.SignedIn;
import cn.tiaoxi.platform.search.SavedSearches;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The searches that the asker keeps for oneself. */
@RestController
@RequestMapping("/api/v1/search/views")
class SavedSearchController {
    private final SavedSearches searches;
    private final Access access;

    SavedSearchController(SavedSearches searches, Access access) {
        this.searches = searches;
        this.access = access;
    }

    /** A search to keep. */
    record NewSearch(
            @NotBlank @Size(max = 60) String name, @NotBlank @Size(max = 4000) String query) {}

    @GetMapping
    @SignedIn
    List<SavedSearches.SavedSearch> list() {
        return searches.of(access.actor());
    }

    @PostMapping
    @SignedIn
    @ResponseStatus(HttpStatus.CREATED)
    SavedSearches.SavedSearch keep(@Valid @RequestBody NewSearch search) {
        if (Characters.hasHidden(search.name() + search.query(), "")) {
            throw BorderException.invalid("name", "search.control");
        }
        return searches.keep(access.actor(), search.name().strip(), search.query());
    }

    @DeleteMapping("/{id}")
    @SignedIn
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void forget(@PathVariable String id) {
        searches.forget(access.actor(), id);
    }
}
