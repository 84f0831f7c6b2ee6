package cn.tiaoxi.platform.personnel.web;

import cn.tiaoxi.platform.border.Export;
import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.identity.Access;
import cn.tiaoxi.platform.identity.Permission;
import cn.tiaoxi.platform.personnel.Coverage;
import cn.tiaoxi.platform.personnel.PersonnelTerms;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** How many people with access are managed, and who is not. */
@RestController
@RequestMapping("/api/v1/personnel/coverage")
class CoverageController {
    private final Coverage coverage;
    private final PersonnelTerms terms;
    private final Organisations organisations;
    private final Access access;
    private final MessageSource texts;

    CoverageController(
            Coverage coverage,
            PersonnelTerms terms,
            Organisations organisations,
            Access access,
            MessageSource texts) {
        this.coverage = coverage;
        this.terms = terms;
        this.organisations = organisations;
        this.access = access;
        this.texts = texts;
    }

    /** The rate, whole and by department. */
    record CoverageView(
            long people, long managed, @Nullable Double rate, List<DepartmentView> departments) {}

    /** The rate of a department. */
    record DepartmentView(Organisations.Named organisation, long people, long managed) {}

    /**
     * Somebody with access.
     *
     * @param mend what to do next, for people
     * @param link page on which to do it
     */
    record HolderView(
            String username,
            String name,
            Organisations.Named organisation,
            List<Coverage.Because> because,
            boolean managed,
            String lacks,
            String mend,
            String link) {}

    @GetMapping
    @Permission("personnel:read")
    CoverageView coverage() {
        List<Coverage.Holder> all = coverage.holders(reach());
        TreeMap<String, long[]> departments = new TreeMap<>();
        for (Coverage.Holder each : all) {
            long[] counts = departments.computeIfAbsent(each.organisation(), o -> new long[2]);
            counts[0]++;
            counts[1] += each.managed() ? 1 : 0;
        }
        long managed = all.stream().filter(Coverage.Holder::managed).count();
        return new CoverageView(
                all.size(),
                managed,
                all.isEmpty() ? null : (double) managed / all.size(),
                departments.entrySet().stream()
                        .map(
                                d ->
                                        new DepartmentView(
                                                organisations.named(d.getKey()),
                                                d.getValue()[0],
                                                d.getValue()[1]))
                        .toList());
    }

    private Set<String> reach() {
        return access.actor().reach("personnel:read");
    }

    @GetMapping("/people")
    @Permission("personnel:read")
    @Nullable Page<HolderView> people(
            @RequestParam(defaultValue = "false") boolean unmanaged,
            @RequestParam(defaultValue = "") String organisation,
            Slice slice,
            Export export) {
        List<HolderView> all =
                coverage.holders(reach()).stream()
                        .filter(h -> !unmanaged || !h.managed())
                        .filter(
                                h ->
                                        organisation.isEmpty()
                                                || h.organisation().equals(organisation))
                        .sorted(Comparator.comparing(Coverage.Holder::username))
                        .map(this::view)
                        .toList();
        return export.answer(
                "personnel.coverage",
                slice,
                part -> page(all, part),
                List.of(
                        new Export.Column<>("personnel.account", HolderView::username),
                        new Export.Column<>("personnel.name", HolderView::name),
                        new Export.Column<>("personnel.organisation", h -> h.organisation().name()),
                        new Export.Column<>("personnel.managed", HolderView::managed),
                        new Export.Column<>("personnel.mend", HolderView::mend)));
    }

    /** The list is ordered by user name, which is the place in it. */
    private static Page<HolderView> page(List<HolderView> all, Slice slice) {
        Slice.Position after = slice.after();
        List<HolderView> rest =
                after == null
                        ? all
                        : all.stream().filter(h -> h.username().compareTo(after.id()) > 0).toList();
        List<HolderView> rows = rest.subList(0, Math.min(rest.size(), slice.limit() + 1));
        return slice.page(rows, all.size(), h -> new Slice.Position(h.username(), h.username()));
    }

    private HolderView view(Coverage.Holder each) {
        String entry = each.entry();
        String ledger = "/ledgers/" + terms.person().ledger();
        return new HolderView(
                each.username(),
                each.name(),
                organisations.named(each.organisation()),
                each.because(),
                each.managed(),
                each.lacks(),
                each.managed()
                        ? ""
                        : texts.getMessage(
                                "personnel.mend." + each.lacks(),
                                null,
                                LocaleContextHolder.getLocale()),
                entry == null
                        ? ledger + "/new?f." + terms.person().account() + "=" + each.username()
                        : "/personnel/" + entry);
    }
}
