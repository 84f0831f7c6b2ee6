package cn.tiaoxi.platform.sharing;

import cn.tiaoxi.contract.PolicySnapshot.Field;
import cn.tiaoxi.contract.PolicySnapshot.Grade;
import cn.tiaoxi.contract.PolicySnapshot.Mask;
import cn.tiaoxi.platform.catalogue.Masking;
import cn.tiaoxi.platform.city.CityException;
import cn.tiaoxi.platform.city.CityFolder;
import java.util.List;
import org.springframework.stereotype.Component;

/** The city's terms of sharing, from {@code sharing.yaml}. */
@Component
public class SharingTerms {
    private final Terms terms;
    private final Masking masking;

    /** The shape of {@code sharing.yaml}. */
    record Terms(Decision decision, Quotas quotas, Trial trial, int keyOverlapDays) {}

    /**
     * Time to decide.
     *
     * @param workingDays length of the deadline
     * @param remindWorkingDaysBefore how many working days before its end people are reminded
     */
    public record Decision(int workingDays, List<Integer> remindWorkingDaysBefore) {}

    /** Usual quotas, and the highest that anybody gets. */
    public record Quotas(
            int perSecond, long perDay, int mostPerSecond, long mostPerDay, int longestDays) {}

    /** Quotas and days of trial grants. */
    public record Trial(int days, int perSecond, long perDay) {}

    SharingTerms(CityFolder folder, Masking masking) {
        this.masking = masking;
        this.terms = folder.read("sharing.yaml", Terms.class);
        if (terms.decision().workingDays() < 1 || terms.quotas().perSecond() < 1) {
            throw CityException.wrong(
                    folder.path("sharing.yaml"), "workingDays and quotas must be 1 or more");
        }
    }

    public Decision decision() {
        return terms.decision();
    }

    public Quotas quotas() {
        return terms.quotas();
    }

    public Trial trial() {
        return terms.trial();
    }

    /** How many days a rotated key stays in force beside the new one. */
    public int keyOverlapDays() {
        return terms.keyOverlapDays();
    }

    /** Masks for the fields from that grade upwards. */
    java.util.SortedMap<String, Mask> masks(List<ServedField> fields, Grade from) {
        java.util.SortedMap<String, Mask> masks = new java.util.TreeMap<>();
        for (ServedField field : fields) {
            if (field.grade().compareTo(from) >= 0) {
                masks.put(field.name(), masking.mask(field.kind()));
            }
        }
        return masks;
    }

    /** A field as a policy names it. */
    static Field inPolicy(ServedField field) {
        return new Field(
                field.name(), field.label(), field.type(), field.grade(), field.description());
    }
}
