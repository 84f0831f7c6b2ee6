package cn.tiaoxi.platform.bulletin.web;

import cn.tiaoxi.platform.border.Export;
import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.border.Versions;
import cn.tiaoxi.platform.bulletin.Bulletin;
import cn.tiaoxi.platform.bulletin.Bulletins;
import cn.tiaoxi.platform.bulletin.Letters;
import cn.tiaoxi.platform.identity.Permission;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.YearMonth;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Bulletins of the months, and their letters as lists. */
@RestController
@RequestMapping("/api/v1/bulletins")
class BulletinController {
    private final Bulletins bulletins;
    private final Letters letters;
    private final BulletinViews views;
    private final LetterViews letterViews;

    BulletinController(
            Bulletins bulletins, Letters letters, BulletinViews views, LetterViews letterViews) {
        this.bulletins = bulletins;
        this.letters = letters;
        this.views = views;
        this.letterViews = letterViews;
    }

    /** The month to make a bulletin of, as yyyy-MM. */
    record MakeForm(@NotNull YearMonth month) {}

    /** Changes of a draft; what is null stays. */
    record ChangeForm(
            @Nullable String word, @Nullable @Size(max = 5000) Set<@NotNull String> leftOut) {}

    @GetMapping
    @Permission("bulletin:read")
    Page<BulletinViews.BulletinView> list(Slice slice) {
        return bulletins.list(slice).map(views::row);
    }

    @PostMapping
    @Permission("bulletin:send")
    ResponseEntity<BulletinViews.BulletinView> make(@Valid @RequestBody MakeForm form) {
        Bulletin.Counted made = bulletins.make(form.month());
        return ResponseEntity.created(URI.create("/api/v1/bulletins/" + form.month()))
                .eTag("\"" + made.bulletin().version() + "\"")
                .body(views.whole(made));
    }

    @GetMapping("/{month}")
    @Permission("bulletin:read")
    ResponseEntity<BulletinViews.BulletinView> one(@PathVariable String month) {
        return answer(bulletins.get(month));
    }

    @PatchMapping("/{month}")
    @Permission("bulletin:send")
    ResponseEntity<BulletinViews.BulletinView> change(
            @PathVariable String month,
            @Valid @RequestBody ChangeForm form,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        return answer(
                bulletins.change(month, form.word(), form.leftOut(), Versions.required(ifMatch)));
    }

    @PostMapping("/{month}/send")
    @Permission("bulletin:send")
    ResponseEntity<BulletinViews.BulletinView> send(@PathVariable String month) {
        return answer(bulletins.send(month));
    }

    private ResponseEntity<BulletinViews.BulletinView> answer(Bulletin.Counted counted) {
        return Versions.tagged(views.whole(counted), counted.bulletin().version());
    }

    @GetMapping("/{month}/letters")
    @Permission("bulletin:read")
    @Nullable Page<LetterViews.LetterView> letters(
            @PathVariable String month,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "false") boolean overdue,
            Slice slice,
            Export export) {
        Letters.Filter filter = new Letters.Filter(q, kind, state, overdue);
        return export.answer(
                "bulletin.letters",
                slice,
                part -> letters.list(month, filter, part).map(letterViews::row),
                List.of(
                        column("organisation", v -> v.organisation().name()),
                        column("kind", v -> v.kind().name()),
                        column("place", LetterViews.LetterView::place),
                        column("places", LetterViews.LetterView::places),
                        column("entries", v -> v.rate().entries()),
                        column("standardised", v -> v.rate().standardised()),
                        column("rate", v -> v.rate().share()),
                        column("score", v -> v.rate().score()),
                        column("change", LetterViews.LetterView::change),
                        column("state", v -> v.state().name()),
                        column("due", LetterViews.LetterView::due),
                        column("answered", v -> answered(v.answer())),
                        column("measures", v -> measures(v.answer()))));
    }

    private static @Nullable Object answered(LetterViews.@Nullable AnswerView answer) {
        return answer == null ? null : answer.answered().time();
    }

    private static @Nullable Object measures(LetterViews.@Nullable AnswerView answer) {
        return answer == null ? null : answer.measures();
    }

    private static Export.Column<LetterViews.LetterView> column(
            String name,
            java.util.function.Function<LetterViews.LetterView, @Nullable Object> value) {
        return new Export.Column<>("bulletin.column." + name, value);
    }
}
