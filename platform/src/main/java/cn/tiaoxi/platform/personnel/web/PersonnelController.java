package cn.tiaoxi.platform.personnel.web;

import cn.tiaoxi.platform.border.Allowed;
import cn.tiaoxi.platform.border.Export;
import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.identity.Access;
import cn.tiaoxi.platform.identity.Permission;
import cn.tiaoxi.platform.personnel.Foresight;
import cn.tiaoxi.platform.personnel.KeyPerson;
import cn.tiaoxi.platform.personnel.KeyPersonFilter;
import cn.tiaoxi.platform.personnel.Personnel;
import cn.tiaoxi.platform.personnel.Reinstatement;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Key persons and vendors: who they are, what they reach, and the return of lost access. */
@RestController
@RequestMapping("/api/v1/personnel")
class PersonnelController {
    private final Personnel personnel;
    private final Reinstatement reinstatement;
    private final Foresight foresight;
    private final PersonnelViews views;
    private final Access access;

    PersonnelController(
            Personnel personnel,
            Reinstatement reinstatement,
            Foresight foresight,
            PersonnelViews views,
            Access access) {
        this.personnel = personnel;
        this.reinstatement = reinstatement;
        this.foresight = foresight;
        this.views = views;
        this.access = access;
    }

    /** Why something is done. */
    record Reason(@Nullable @Size(max = 1000) String reason) {}

    /** A change to an entry that somebody thinks of. */
    record ChangeForm(
            @Nullable String action,
            @Nullable Boolean removed,
            @Nullable Map<String, @Nullable Object> fields) {

        Foresight.Change change() {
            return new Foresight.Change(
                    action, Boolean.TRUE.equals(removed), fields == null ? Map.of() : fields);
        }
    }

    /** What came of the reinstatement of a vendor. */
    record VendorRestored(int people) {}

    @GetMapping
    @Permission("personnel:read")
    @Nullable Page<PersonnelViews.PersonView> list(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String organisation,
            @RequestParam(defaultValue = "") String vendor,
            @RequestParam(defaultValue = "") String application,
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "") String standing,
            @RequestParam(defaultValue = "false") boolean unmanaged,
            Slice slice,
            Export export) {
        KeyPersonFilter filter =
                new KeyPersonFilter(
                        access.actor().reach("personnel:read"),
                        q,
                        organisation,
                        vendor,
                        application,
                        state,
                        unmanaged ? "wanting" : standing);
        return export.answer(
                "personnel.people",
                slice,
                part -> views.people(personnel.list(filter, part)),
                List.of(
                        new Export.Column<>("personnel.code", PersonnelViews.PersonView::code),
                        new Export.Column<>("personnel.name", PersonnelViews.PersonView::title),
                        new Export.Column<>("personnel.vendor", v -> views.title(v.vendor())),
                        new Export.Column<>("personnel.organisation", v -> v.organisation().name()),
                        new Export.Column<>(
                                "personnel.state", PersonnelViews.PersonView::stateName),
                        new Export.Column<>(
                                "personnel.account", PersonnelViews.PersonView::username),
                        new Export.Column<>(
                                "personnel.clearanceUntil",
                                PersonnelViews.PersonView::clearanceUntil),
                        new Export.Column<>(
                                "personnel.trainedUntil", PersonnelViews.PersonView::trainedUntil),
                        new Export.Column<>("personnel.wanting", v -> views.inWords(v.reasons()))));
    }

    @GetMapping("/{entry}/reach")
    @Permission("personnel:read")
    PersonnelViews.ReachView reach(@PathVariable String entry) {
        KeyPerson person = personnel.get(entry);
        return views.reach(person, restorable(person));
    }

    private List<Allowed> restorable(KeyPerson person) {
        String obstacle = null;
        if (!access.actor().may("personnel:manage", person.organisation())) {
            obstacle = "PERMISSION_MISSING";
        } else if (person.loss() == null) {
            obstacle = "NOTHING_TO_RESTORE";
        } else if (!person.reasons().isEmpty()) {
            obstacle = "RESTORE_REASONS_LEFT";
        }
        return List.of(Allowed.of("reinstate", obstacle));
    }

    @PostMapping("/{entry}/ahead")
    @Permission("personnel:read")
    PersonnelViews.AheadView ahead(@PathVariable String entry, @RequestBody ChangeForm form) {
        return views.ahead(personnel.get(entry), foresight.person(entry, form.change()));
    }

    @PostMapping("/vendors/{entry}/ahead")
    @Permission("personnel:read")
    PersonnelViews.AheadView vendorAhead(@PathVariable String entry, @RequestBody ChangeForm form) {
        return views.ahead(personnel.vendor(entry), foresight.vendor(entry, form.change()));
    }

    @PostMapping("/{entry}/reinstate")
    @Permission("personnel:manage")
    PersonnelViews.ReachView reinstate(
            @PathVariable String entry, @Valid @RequestBody Reason given) {
        KeyPerson person = reinstatement.person(entry, given.reason());
        return views.reach(person, restorable(person));
    }

    @GetMapping("/vendors/{entry}/reach")
    @Permission("personnel:read")
    PersonnelViews.VendorReach vendorReach(@PathVariable String entry) {
        return views.vendorReach(personnel.vendor(entry));
    }

    @PostMapping("/vendors/{entry}/reinstate")
    @Permission("personnel:manage")
    VendorRestored reinstateVendor(@PathVariable String entry, @Valid @RequestBody Reason given) {
        return new VendorRestored(reinstatement.vendor(entry, given.reason()));
    }
}
