package cn.tiaoxi.platform.investigation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a leaked file says of its source.
 *
 * @param rows rows of the file that can be read
 * @param faulty rows that cannot
 * @param examined rows that were looked at
 * @param keyColumn column of the file that names subjects, empty if none does
 * @param kind what sort of subject it names
 * @param direct rows whose subject is named and known
 * @param linked rows whose subject was found by their other values
 * @param population how many subjects there are
 * @param findings recipients that have rows of the file, the best explanation first
 */
public record LeakResult(
        long rows,
        long faulty,
        int examined,
        String keyColumn,
        String kind,
        int direct,
        int linked,
        long population,
        List<Finding> findings) {
    public LeakResult {
        findings = List.copyOf(findings);
    }

    /**
     * What is found about recipients that cannot be told apart.
     *
     * @param applications identifiers of the recipients
     * @param rows how many of the examined rows they received
     * @param received how many subjects they received in all
     * @param weight share of the file that comes from there by the best fit, 0 to 1
     * @param gain natural logarithm of the likelihood ratio, with these against without
     * @param chance bound for the probability that any innocent recipient has so many
     * @param deliveries deliveries that hold rows of the file, the fullest first
     * @param marks files to these recipients whose own marks the leaked file bears; results that
     *     older platforms found have none
     */
    public record Finding(
            List<String> applications,
            int rows,
            long received,
            double weight,
            double gain,
            double chance,
            Verdict verdict,
            List<Held> deliveries,
            List<Marked> marks) {
        public Finding(
                List<String> applications,
                int rows,
                long received,
                double weight,
                double gain,
                double chance,
                Verdict verdict,
                List<Held> deliveries,
                @Nullable List<Marked> marks) {
            this.applications = List.copyOf(applications);
            this.rows = rows;
            this.received = received;
            this.weight = weight;
            this.gain = gain;
            this.chance = chance;
            this.verdict = verdict;
            this.deliveries = List.copyOf(deliveries);
            this.marks = marks == null ? List.of() : List.copyOf(marks);
        }
    }

    /**
     * A delivered file whose marks the leaked file bears.
     *
     * @param application identifier of its recipient
     * @param export identifier of the file
     * @param delivery its first part
     * @param canaries how many of its invented subjects are in the leaked file
     * @param pairs pairs of rows whose order its draw decided
     * @param inOrder pairs that stand in its order
     * @param texts texts whose spelling its draw decided
     * @param asSpelled texts that are spelled as in it
     * @param chance bound for the probability that any file of somebody else agrees so well
     */
    public record Marked(
            String application,
            String export,
            long delivery,
            int canaries,
            int pairs,
            int inOrder,
            int texts,
            int asSpelled,
            double chance) {}

    /** How many rows of the file a delivery holds. */
    public record Held(long delivery, int rows) {}
}
