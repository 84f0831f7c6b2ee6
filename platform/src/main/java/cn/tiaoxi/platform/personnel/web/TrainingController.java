package cn.tiaoxi.platform.personnel.web;

import cn.tiaoxi.platform.border.Export;
import cn.tiaoxi.platform.border.FieldError;
import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.identity.Permission;
import cn.tiaoxi.platform.ledger.Ledger;
import cn.tiaoxi.platform.personnel.Attendance;
import cn.tiaoxi.platform.personnel.KeyPerson;
import cn.tiaoxi.platform.personnel.Trainings;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Trainings and who came to them. */
@RestController
@RequestMapping("/api/v1/trainings")
class TrainingController {
    private final Trainings trainings;
    private final Ledger ledger;
    private final Organisations organisations;
    private final MessageSource texts;

    TrainingController(
            Trainings trainings, Ledger ledger, Organisations organisations, MessageSource texts) {
        this.trainings = trainings;
        this.ledger = ledger;
        this.organisations = organisations;
        this.texts = texts;
    }

    /** A training in an answer. */
    record TrainingView(
            String id,
            String code,
            String title,
            Organisations.Named organisation,
            String stateName,
            @Nullable LocalDate day,
            @Nullable BigDecimal passMark,
            boolean counts,
            long recorded,
            long attended,
            long passed,
            String link) {}

    /** Somebody's part in a training. */
    record AttendanceView(
            String person,
            String code,
            String name,
            Organisations.Named organisation,
            boolean attended,
            @Nullable BigDecimal score,
            boolean passed,
            @Nullable LocalDate validUntil) {}

    /** A row to record; the person by identifier, code, account or name. */
    record RowForm(
            @NotBlank @Size(max = 80) String person,
            @Nullable Boolean attended,
            @Nullable BigDecimal score,
            @Nullable Boolean passed,
            @Nullable LocalDate validUntil) {
        Trainings.Row row() {
            Boolean came = attended;
            return new Trainings.Row(person, came == null || came, score, passed, validUntil);
        }
    }

    /** Rows to record. */
    record Rows(@NotNull @Size(min = 1, max = 2000) @Valid List<RowForm> rows, boolean preview) {}

    /** What a row means, or what is wrong with it. */
    record RowView(
            String given,
            Trainings.Outcome outcome,
            @Nullable AttendanceView attendance,
            @Nullable String error) {}

    @GetMapping
    @Permission("personnel:read")
    @Nullable Page<TrainingView> list(Slice slice, Export export) {
        return export.answer(
                "personnel.trainings",
                slice,
                part -> trainings.list(part).map(this::view),
                List.of(
                        new Export.Column<>("personnel.code", TrainingView::code),
                        new Export.Column<>("personnel.training", TrainingView::title),
                        new Export.Column<>("personnel.organisation", t -> t.organisation().name()),
                        new Export.Column<>("personnel.day", TrainingView::day),
                        new Export.Column<>("personnel.attended", TrainingView::attended),
                        new Export.Column<>("personnel.passed", TrainingView::passed)));
    }

    @GetMapping("/{id}")
    @Permission("personnel:read")
    TrainingView one(@PathVariable String id) {
        return view(trainings.get(id));
    }

    @GetMapping("/{id}/attendance")
    @Permission("personnel:read")
    Map<String, List<AttendanceView>> attendance(@PathVariable String id) {
        return Map.of(
                "items",
                trainings.attendance(id).stream()
                        .map(r -> view(r.person(), r.attendance()))
                        .toList());
    }

    @PostMapping("/{id}/attendance")
    @Permission("personnel:manage")
    Map<String, List<RowView>> record(@PathVariable String id, @Valid @RequestBody Rows given) {
        return Map.of(
                "rows",
                trainings
                        .record(
                                id,
                                given.rows().stream().map(RowForm::row).toList(),
                                given.preview())
                        .stream()
                        .map(this::view)
                        .toList());
    }

    @DeleteMapping("/{id}/attendance/{person}")
    @Permission("personnel:manage")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String id, @PathVariable String person) {
        trainings.delete(id, person);
    }

    private TrainingView view(Trainings.Training each) {
        return new TrainingView(
                each.entry().id(),
                each.entry().code(),
                each.entry().title(),
                organisations.named(each.entry().organisation()),
                ledger.type(each.entry().type()).stateName(each.entry().state()),
                each.day(),
                each.passMark(),
                each.counts(),
                each.recorded(),
                each.attended(),
                each.passed(),
                ledger.link(each.entry()));
    }

    private AttendanceView view(KeyPerson person, Attendance each) {
        return new AttendanceView(
                person.entry(),
                person.code(),
                person.title(),
                organisations.named(person.organisation()),
                each.attended(),
                each.score(),
                each.passed(),
                each.validUntil());
    }

    private RowView view(Trainings.Looked looked) {
        KeyPerson person = looked.person();
        Attendance attendance = looked.attendance();
        FieldError error = looked.error();
        return new RowView(
                looked.row().person(),
                looked.outcome(),
                person == null || attendance == null ? null : view(person, attendance),
                error == null
                        ? null
                        : texts.getMessage(
                                error.code(), error.arguments(), LocaleContextHolder.getLocale()));
    }
}
