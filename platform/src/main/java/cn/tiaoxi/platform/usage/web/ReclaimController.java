package cn.tiaoxi.platform.usage.web;

import cn.tiaoxi.platform.border.BorderException;
import cn.tiaoxi.platform.border.Export;
import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.border.Versions;
import cn.tiaoxi.platform.identity.Permission;
import cn.tiaoxi.platform.usage.ReclaimCase;
import cn.tiaoxi.platform.usage.Reclaims;
import cn.tiaoxi.platform.usage.web.ReclaimViews.CaseView;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Idle grants, asked about, decided on, taken back and restored. */
@RestController
@RequestMapping("/api/v1/reclaims")
class ReclaimController {
    private final Reclaims reclaims;
    private final ReclaimViews views;

    ReclaimController(Reclaims reclaims, ReclaimViews views) {
        this.reclaims = reclaims;
        this.views = views;
    }

    /** Why something is done. */
    record ReasonForm(@Nullable String reason) {}

    /** What the owner decides, and why. */
    record DecisionForm(Reclaims.@Nullable Decision outcome, @Nullable String reason) {}

    @GetMapping
    @Permission("grant:read")
    @Nullable Page<CaseView> list(
            @RequestParam(defaultValue = "all") String box,
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "") String organisation,
            @RequestParam(defaultValue = "") String owner,
            @RequestParam(defaultValue = "") String q,
            Slice slice,
            Export export) {
        Reclaims.Filter filter = new Reclaims.Filter(box, state, organisation, owner, q);
        return export.answer(
                "usage.reclaims",
                slice,
                part -> reclaims.list(filter, part).map(views::row),
                List.of(
                        new Export.Column<>("usage.column.title", CaseView::title),
                        new Export.Column<>(
                                "usage.column.organisation", v -> v.organisation().name()),
                        new Export.Column<>("usage.column.owner", v -> v.owner().name()),
                        new Export.Column<>("usage.column.state", v -> v.state().name()),
                        new Export.Column<>("usage.column.idleSince", CaseView::idleSince),
                        new Export.Column<>("usage.column.idleDays", CaseView::idleDays),
                        new Export.Column<>("usage.column.opened", CaseView::opened),
                        new Export.Column<>("usage.column.claim", CaseView::claim),
                        new Export.Column<>("usage.column.reason", CaseView::reason)));
    }

    @GetMapping("/{id}")
    @Permission("grant:read")
    ResponseEntity<CaseView> one(@PathVariable String id) {
        return answer(reclaims.get(id));
    }

    @PostMapping("/{id}/need")
    @Permission("use:answer")
    ResponseEntity<CaseView> need(@PathVariable String id, @RequestBody ReasonForm form) {
        return answer(reclaims.need(id, form.reason()));
    }

    @PostMapping("/{id}/give-back")
    @Permission("use:answer")
    ResponseEntity<CaseView> giveBack(@PathVariable String id, @RequestBody ReasonForm form) {
        return answer(reclaims.giveBack(id, form.reason()));
    }

    @PostMapping("/{id}/decision")
    @Permission("grant:revoke")
    ResponseEntity<CaseView> decide(@PathVariable String id, @RequestBody DecisionForm form) {
        Reclaims.Decision outcome = form.outcome();
        if (outcome == null) {
            throw BorderException.invalid("outcome", "border.required");
        }
        return answer(reclaims.decide(id, outcome, form.reason()));
    }

    @PostMapping("/{id}/restore")
    @Permission("grant:revoke")
    ResponseEntity<CaseView> restore(@PathVariable String id, @RequestBody ReasonForm form) {
        return answer(reclaims.restore(id, form.reason()));
    }

    private ResponseEntity<CaseView> answer(ReclaimCase one) {
        return Versions.tagged(views.whole(one), one.version());
    }
}
