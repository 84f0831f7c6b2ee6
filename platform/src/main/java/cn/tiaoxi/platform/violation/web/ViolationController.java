package cn.tiaoxi.platform.violation.web;

import cn.tiaoxi.platform.border.BorderException;
import cn.tiaoxi.platform.border.Export;
import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.border.Versions;
import cn.tiaoxi.platform.identity.Permission;
import cn.tiaoxi.platform.violation.ViolationCase;
import cn.tiaoxi.platform.violation.ViolationRule.Severity;
import cn.tiaoxi.platform.violation.Violations;
import cn.tiaoxi.platform.violation.web.ViolationViews.CaseView;
import java.time.LocalDate;
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

/** Cases of misuse: found, answered, judged, rectified and re-checked. */
@RestController
@RequestMapping("/api/v1/violations")
class ViolationController {
    private final Violations violations;
    private final ViolationViews views;

    ViolationController(Violations violations, ViolationViews views) {
        this.violations = violations;
        this.views = views;
    }

    /** What the one concerned says. */
    record AnswerForm(@Nullable String answer, @Nullable Boolean falseAlarm) {}

    /** What the data office judges, and why. */
    record JudgementForm(
            ViolationCase.@Nullable Judgement outcome,
            @Nullable String reason,
            @Nullable LocalDate until,
            @Nullable Integer workingDays) {}

    /** What was done about it, and where that can be seen. */
    record RectificationForm(@Nullable String text, @Nullable String proof) {}

    /** Why something is done. */
    record ReasonForm(@Nullable String reason) {}

    @GetMapping
    @Permission("violation:read")
    @Nullable Page<CaseView> list(
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "") String rule,
            @RequestParam(defaultValue = "") String organisation,
            @RequestParam(required = false) @Nullable Severity severity,
            @RequestParam(defaultValue = "") String application,
            @RequestParam(name = "interface", defaultValue = "") String lookup,
            @RequestParam(defaultValue = "") String grant,
            @RequestParam(defaultValue = "") String q,
            Slice slice,
            Export export) {
        Violations.Filter filter =
                new Violations.Filter(
                        state, rule, organisation, severity, application, lookup, grant, q);
        return export.answer(
                "violation.cases",
                slice,
                part -> violations.list(filter, part).map(views::row),
                List.of(
                        new Export.Column<>("violation.column.number", CaseView::number),
                        new Export.Column<>("violation.column.rule", v -> v.rule().name()),
                        new Export.Column<>("violation.column.subject", v -> v.subject().name()),
                        new Export.Column<>(
                                "violation.column.organisation", v -> v.organisation().name()),
                        new Export.Column<>("violation.column.severity", v -> v.severity().name()),
                        new Export.Column<>("violation.column.state", v -> v.state().name()),
                        new Export.Column<>("violation.column.opened", CaseView::opened),
                        new Export.Column<>("violation.column.found", CaseView::found),
                        new Export.Column<>("violation.column.due", CaseView::rectifyDue),
                        new Export.Column<>("violation.column.settled", CaseView::settled)));
    }

    @GetMapping("/{id}")
    @Permission("violation:read")
    ResponseEntity<CaseView> one(@PathVariable String id) {
        return answer(violations.get(id));
    }

    @PostMapping("/{id}/answer")
    @Permission("violation:answer")
    ResponseEntity<CaseView> explain(@PathVariable String id, @RequestBody AnswerForm form) {
        return answer(violations.answer(id, form.answer(), Boolean.TRUE.equals(form.falseAlarm())));
    }

    @PostMapping("/{id}/judgement")
    @Permission("violation:judge")
    ResponseEntity<CaseView> judge(@PathVariable String id, @RequestBody JudgementForm form) {
        ViolationCase.Judgement outcome = form.outcome();
        if (outcome == null) {
            throw BorderException.invalid("outcome", "border.required");
        }
        return answer(
                violations.judge(
                        id,
                        new Violations.Verdict(
                                outcome, form.reason(), form.until(), form.workingDays())));
    }

    @PostMapping("/{id}/rectification")
    @Permission("violation:answer")
    ResponseEntity<CaseView> rectify(@PathVariable String id, @RequestBody RectificationForm form) {
        return answer(violations.rectified(id, form.text(), form.proof()));
    }

    @PostMapping("/{id}/recheck")
    @Permission("violation:judge")
    ResponseEntity<CaseView> recheck(@PathVariable String id) {
        return answer(violations.recheck(id));
    }

    @PostMapping("/{id}/release")
    @Permission("violation:judge")
    ResponseEntity<CaseView> release(@PathVariable String id, @RequestBody ReasonForm form) {
        return answer(violations.release(id, form.reason()));
    }

    private ResponseEntity<CaseView> answer(ViolationCase one) {
        return Versions.tagged(views.whole(one), one.version());
    }
}
