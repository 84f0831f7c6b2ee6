package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.DeliveryMark;
import cn.tiaoxi.contract.MarkSeeds;
import cn.tiaoxi.contract.SubjectDigests;
import cn.tiaoxi.contract.SubjectRule;
import cn.tiaoxi.contract.Width;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.StringJoiner;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Marks the rows of one file, portion by portion, so that it differs from every other file with the
 * same rows. A file that is made anew gets the same marks. Keeps what the trace is told of them.
 * For one thread.
 */
final class RowMarks {
    /** One row in so many is invented. */
    private static final int FOR_EACH = 250;

    /** Among fewer rows an invented one would be found too easily. */
    private static final int FEWEST = 100;

    private final String export;
    private final Set<DeliveryMark> marks;
    private final SubjectRule rule;
    private final SubjectDigests digests;
    private final MarkSeeds seeds;
    private final InventedRows invented;

    /** Places of fields whose texts keep their spelling. */
    private final Set<Integer> kept = new HashSet<>();

    private final StringBuilder canaries = new StringBuilder();
    private StringJoiner portions = new StringJoiner(",");
    private long portion;

    private RowMarks(Export export, ExportTerms terms, SubjectRule rule, SubjectDigests digests) {
        this.export = export.id().toString();
        this.marks = terms.rule().marks();
        this.rule = rule;
        this.digests = digests;
        this.seeds = digests.marks();
        this.invented = new InventedRows(export.fields(), rule);
        for (int i = 0; i < export.fields().size(); i++) {
            String field = export.fields().get(i);
            if (field.equals(rule.column())
                    || terms.served().isKey(field)
                    || terms.grant().masks().containsKey(field)) {
                kept.add(i);
            }
        }
    }

    /** The marks that the owner wants of a file; null for none. */
    static @Nullable RowMarks of(Export export, ExportTerms terms) {
        SubjectRule rule = terms.served().published().subject();
        SubjectDigests digests = terms.served().digests();
        return terms.rule().marks().isEmpty() || rule == null || digests == null
                ? null
                : new RowMarks(export, terms, rule, digests);
    }

    /** The rows of the next portion as the file has them. */
    List<ExportLine> mark(List<ExportLine> rows) {
        RandomGenerator random = new SplittableRandom(seeds.portion(export, portion++));
        List<ExportLine> marked = new ArrayList<>(rows);
        if (marks.contains(DeliveryMark.CANARIES) && rows.size() >= FEWEST) {
            for (int i = Math.max(1, rows.size() / FOR_EACH); i > 0; i--) {
                invented.like(rows, random)
                        .ifPresent(row -> marked.add(random.nextInt(marked.size() + 1), row));
            }
        }
        if (marks.contains(DeliveryMark.ORDER)) {
            Collections.shuffle(marked, random);
        }
        marked.stream().filter(ExportLine::invented).forEach(this::note);
        portions.add(Long.toString(marked.stream().filter(RowMarks::isNamed).count()));
        return marks.contains(DeliveryMark.SPELLING)
                ? marked.stream().map(this::spelled).toList()
                : marked;
    }

    private void note(ExportLine row) {
        SubjectDigests.write(canaries, digests.digest(rule.kind(), String.valueOf(row.subject())));
    }

    private static boolean isNamed(ExportLine row) {
        return !RowSubjects.normal(row.subject()).isEmpty();
    }

    private ExportLine spelled(ExportLine row) {
        return new ExportLine(
                i -> {
                    Object value = row.values().at(i);
                    return value instanceof String text && !kept.contains(i) && Width.concerns(text)
                            ? seeds.width(export, text).write(text)
                            : value;
                },
                row.subject(),
                row.invented());
    }

    /**
     * Tells the trace of the portions since the last {@link #clear}: which marks, how many digests
     * each portion has, and which of them are of invented subjects.
     */
    void note(Map<String, String> detail) {
        detail.put("marks", marks.stream().map(Enum::name).collect(Collectors.joining(" ")));
        detail.put("portions", portions.toString());
        detail.put("canaries", canaries.toString());
    }

    void clear() {
        portions = new StringJoiner(",");
        canaries.setLength(0);
    }
}
