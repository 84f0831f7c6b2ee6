package cn.tiaoxi.platform.sharing;

import cn.tiaoxi.contract.PolicySnapshot.Grade;
import cn.tiaoxi.platform.city.CityException;
import cn.tiaoxi.platform.city.CityFolder;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The city's terms of digests of delivered rows, from {@code row-digests.yaml}. */
@Component
class RowDigestTerms {
    private static final String FILE = "row-digests.yaml";

    private final Terms terms;

    /**
     * The shape of {@code row-digests.yaml}.
     *
     * @param grades grades of datasets whose delivered rows leave digests
     * @param subjects kinds of identifiers that name a subject, the best first
     */
    record Terms(Set<Grade> grades, List<String> subjects) {}

    RowDigestTerms(CityFolder folder) {
        this.terms = folder.read(FILE, Terms.class);
        if (terms.grades() == null || terms.subjects() == null || terms.subjects().isEmpty()) {
            throw CityException.wrong(folder.path(FILE), "grades and subjects must be named");
        }
    }

    /** Kinds of identifiers that name a subject, the best first. */
    List<String> subjects() {
        return terms.subjects();
    }

    /** Whether rows about that subject leave digests. */
    boolean keeps(Subject subject) {
        return subject.always() || terms.grades().contains(subject.grade());
    }

    /** Whom a service's records are about. */
    Optional<Subject> ofService(List<ServedField> fields) {
        Grade grade =
                fields.stream()
                        .map(ServedField::grade)
                        .max(Comparator.naturalOrder())
                        .orElse(Grade.L1);
        return terms.subjects().stream()
                .flatMap(kind -> fields.stream().filter(f -> kind.equals(f.kind())))
                .findFirst()
                .map(f -> new Subject(f.name(), String.valueOf(f.kind()), grade, false));
    }
}
