package cn.tiaoxi.platform.investigation;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.contract.DeliveryMark;
import cn.tiaoxi.contract.SubjectDigests;
import cn.tiaoxi.contract.Width;
import cn.tiaoxi.platform.investigation.Deliveries.MarkedPart;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Twenty recipients of the same 5,000 rows, whose files differ by their marks alone. */
class MarkSearchTests {
    private static final SubjectDigests DIGESTS =
            new SubjectDigests(new byte[SubjectDigests.KEY_BYTES]);
    private static final int RECIPIENTS = 20;
    private static final int ROWS = 5_000;
    private static final int PORTION = 500;

    private final Random random = new Random(3);

    private static long digest(String subject) {
        return DIGESTS.digest("resident-id", subject);
    }

    private static String address(int person) {
        return "凤凰路" + person + "号";
    }

    /** A row of a delivered file. */
    private record Line(String subject, String address) {}

    private record Delivered(MarkedPart part, List<Line> lines) {}

    private Delivered file(int recipient, Set<DeliveryMark> marks) {
        String export = "export-" + recipient;
        List<Line> lines = new ArrayList<>();
        List<Integer> portions = new ArrayList<>();
        List<Long> canaries = new ArrayList<>();
        for (int from = 0; from < ROWS; from += PORTION) {
            List<Line> portion = new ArrayList<>();
            for (int i = from; i < from + PORTION; i++) {
                portion.add(new Line("p" + i, address(i)));
            }
            if (marks.contains(DeliveryMark.CANARIES)) {
                for (int i = 0; i < 2; i++) {
                    String nobody = "nobody%dx%dy%d".formatted(recipient, from, i);
                    canaries.add(digest(nobody));
                    portion.add(
                            random.nextInt(portion.size()),
                            new Line(nobody, address(from + random.nextInt(PORTION))));
                }
            }
            if (marks.contains(DeliveryMark.ORDER)) {
                Collections.shuffle(portion, random);
            }
            portions.add(portion.size());
            lines.addAll(portion);
        }
        if (marks.contains(DeliveryMark.SPELLING)) {
            lines.replaceAll(
                    line -> {
                        Width width = DIGESTS.marks().width(export, line.address());
                        return new Line(line.subject(), width.write(line.address()));
                    });
        }
        return new Delivered(
                new MarkedPart(
                        recipient,
                        export,
                        "app-" + recipient,
                        "k1",
                        marks,
                        portions.stream().mapToInt(Integer::intValue).toArray(),
                        lines.stream().mapToLong(line -> digest(line.subject())).toArray(),
                        canaries.stream().mapToLong(Long::longValue).toArray()),
                lines);
    }

    private List<Delivered> files(Set<DeliveryMark> marks) {
        List<Delivered> files = new ArrayList<>();
        for (int i = 0; i < RECIPIENTS; i++) {
            files.add(file(i, marks));
        }
        return files;
    }

    private static List<LeakResult.Marked> found(List<Line> leak, List<Delivered> files) {
        List<LeakSample.Row> rows = new ArrayList<>();
        KnownRows known = new KnownRows(leak.size());
        for (int i = 0; i < leak.size(); i++) {
            Line line = leak.get(i);
            Map<String, Width> widths = new HashMap<>();
            Width.of(line.address())
                    .ifPresent(width -> widths.put(ValueText.of(line.address()), width));
            rows.add(new LeakSample.Row(i, List.of(line.subject(), line.address()), widths));
            known.know(i, new long[] {digest(line.subject())});
        }
        LeakSample sample = new LeakSample(List.of("证件", "住址"), rows, rows.size(), 0);
        return new MarkSearch(sample, known)
                .find(files.stream().map(Delivered::part).toList(), key -> DIGESTS.marks());
    }

    /** So many rows chosen by chance, in the order of the file. */
    private List<Line> some(List<Line> lines, int count) {
        Set<Integer> places = new java.util.TreeSet<>();
        while (places.size() < count) {
            places.add(random.nextInt(lines.size()));
        }
        return new ArrayList<>(places.stream().map(lines::get).toList());
    }

    private void everyOneIsFound(Set<DeliveryMark> marks, int rows, boolean shuffled) {
        List<Delivered> files = files(marks);
        for (int source = 0; source < RECIPIENTS; source++) {
            List<Line> leak = some(files.get(source).lines(), rows);
            if (shuffled) {
                Collections.shuffle(leak, random);
            }
            assertThat(found(leak, files))
                    .extracting(LeakResult.Marked::application)
                    .as("marks " + marks)
                    .containsExactly("app-" + source);
        }
    }

    @Test
    void the_order_tells_two_hundred_rows() {
        everyOneIsFound(Set.of(DeliveryMark.ORDER), 200, false);
    }

    @Test
    void spelling_tells_two_hundred_rows_in_any_order() {
        everyOneIsFound(Set.of(DeliveryMark.SPELLING), 200, true);
    }

    @Test
    void invented_people_tell_two_thousand_rows_in_any_order() {
        everyOneIsFound(Set.of(DeliveryMark.CANARIES), 2_000, true);
    }

    @Test
    void altered_and_foreign_rows_do_not_hide_the_marks() {
        List<Delivered> files = files(Set.of(DeliveryMark.values()));
        List<Line> leak = some(files.get(7).lines(), 300);
        for (int i = 0; i < leak.size(); i++) {
            if (i % 5 == 0) {
                leak.set(i, new Line("else-" + i, "武林路" + i + "号"));
            } else if (i % 5 == 1) {
                leak.set(
                        i,
                        new Line(leak.get(i).subject(), Width.HALF.write(leak.get(i).address())));
            }
        }

        LeakResult.Marked found = found(leak, files).getFirst();

        assertThat(found.application()).isEqualTo("app-7");
        assertThat(found.chance()).isLessThan(1e-12);
        assertThat(found.inOrder()).isEqualTo(found.pairs()).isGreaterThan(60);
        assertThat(found.asSpelled()).isBetween(200, 280);
    }

    @Test
    void two_files_in_one_are_both_found() {
        List<Delivered> files = files(Set.of(DeliveryMark.values()));
        List<Line> leak = some(files.get(3).lines().subList(0, 2_500), 150);
        leak.addAll(some(files.get(4).lines().subList(2_600, 5_000), 150));

        assertThat(found(leak, files))
                .extracting(LeakResult.Marked::application)
                .containsExactlyInAnyOrder("app-3", "app-4");
    }

    @Test
    void a_file_that_bears_no_mark_accuses_nobody() {
        List<Delivered> files = files(Set.of(DeliveryMark.values()));
        for (int trial = 0; trial < 1_000; trial++) {
            int own = 1_000 + trial;
            List<Line> leak =
                    trial % 2 == 0
                            ? some(plain(), 200)
                            : some(file(own, Set.of(DeliveryMark.values())).lines(), 200);
            if (trial % 4 == 0) {
                Collections.shuffle(leak, random);
            }
            assertThat(found(leak, files)).as("trial " + trial).isEmpty();
        }
    }

    private static List<Line> plain() {
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            lines.add(new Line("p" + i, address(i)));
        }
        return lines;
    }

    @Test
    void bounds_hold_what_they_promise() {
        assertThat(MarkSearch.heads(10, 5)).isEqualTo(1);
        assertThat(MarkSearch.heads(100, 100)).isBetween(7.8e-31, 7.9e-31);
        // The exact tails are 0.0284 for 60 of 100 and 5.58e-10 for 80 of 100.
        assertThat(MarkSearch.heads(100, 60)).isBetween(0.0284, 0.2);
        assertThat(MarkSearch.heads(100, 80)).isBetween(5.6e-10, 1e-8);
        assertThat(MarkSearch.fisher(1, 1, 1)).isEqualTo(1);
        assertThat(MarkSearch.fisher(1e-8, 1, 1)).isBetween(1e-8, 2e-6);
    }

    @Test
    void those_with_the_same_rows_are_told_apart_by_their_marks() {
        LeakResult.Finding tie =
                new LeakResult.Finding(
                        List.of("a", "b", "c"),
                        90,
                        5_000,
                        0.9,
                        40,
                        0.3,
                        Verdict.CONSISTENT,
                        List.of(new LeakResult.Held(10, 90), new LeakResult.Held(11, 90)),
                        List.of());
        LeakResult.Marked mark = new LeakResult.Marked("b", "x", 12, 2, 40, 40, 0, 0, 1e-14);

        List<LeakResult.Finding> findings =
                MarkedFindings.with(List.of(tie), List.of(mark), id -> id == 10 ? "a" : "b");

        assertThat(findings).hasSize(2);
        assertThat(findings.getFirst().applications()).containsExactly("b");
        assertThat(findings.getFirst().verdict()).isEqualTo(Verdict.STRONG);
        assertThat(findings.getFirst().chance()).isEqualTo(1e-14);
        assertThat(findings.getFirst().marks()).containsExactly(mark);
        assertThat(findings.getFirst().deliveries())
                .extracting(LeakResult.Held::delivery)
                .containsExactly(11L, 12L);
        assertThat(findings.get(1).applications()).containsExactly("a", "c");
        assertThat(findings.get(1).verdict()).isEqualTo(Verdict.NONE);
        assertThat(MarkedFindings.with(List.of(tie), List.of(), id -> "")).containsExactly(tie);
    }
}
