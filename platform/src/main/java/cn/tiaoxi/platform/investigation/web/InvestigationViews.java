package cn.tiaoxi.platform.investigation.web;

import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.investigation.FoundDelivery;
import cn.tiaoxi.platform.investigation.Investigation;
import cn.tiaoxi.platform.investigation.Investigations;
import cn.tiaoxi.platform.investigation.LeakResult;
import cn.tiaoxi.platform.investigation.Verdict;
import cn.tiaoxi.platform.proof.ProofNames;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Investigations as pages and programs see them. */
@Component
class InvestigationViews {
    private final Investigations investigations;
    private final ProofNames names;
    private final Organisations organisations;

    InvestigationViews(
            Investigations investigations, ProofNames names, Organisations organisations) {
        this.investigations = investigations;
        this.names = names;
        this.organisations = organisations;
    }

    /** Something with an identifier and a name. */
    record Named(String id, String name) {}

    /** The leaked file. */
    record FileView(String name, long bytes, String sha256) {}

    /** What the second person said. */
    record ConsentView(Instant time, String username, String name, String reason) {}

    /** A recipient of a leaked file's rows. */
    record RecipientView(String id, String name, Organisations.Named organisation) {}

    /** What is found about recipients that cannot be told apart. */
    record FindingView(
            List<RecipientView> recipients,
            int rows,
            long received,
            double weight,
            double gain,
            double chance,
            Verdict verdict,
            int deliveries,
            List<LeakResult.Marked> marks) {}

    /** What a leaked file says of its source. */
    record ResultView(
            long rows,
            long faulty,
            int examined,
            String keyColumn,
            String kind,
            int direct,
            int linked,
            long population,
            List<FindingView> findings) {}

    /** An investigation in an answer. */
    record InvestigationView(
            String id,
            long number,
            Investigation.Type type,
            Investigation.State state,
            @Nullable Named dataset,
            String grade,
            String reason,
            String basis,
            String kind,
            String subject,
            @Nullable FileView file,
            Instant opened,
            Named openedBy,
            Organisations.Named organisation,
            @Nullable ConsentView consent,
            double progress,
            @Nullable Instant finished,
            String error,
            boolean mayConsent,
            @Nullable ResultView result) {}

    /** A delivery in an answer. */
    record DeliveryView(
            String record,
            String origin,
            long index,
            String request,
            String export,
            Instant time,
            Named application,
            Organisations.Named organisation,
            @JsonProperty("interface") Named calledInterface,
            Named dataset,
            String grant,
            String purpose,
            String matter,
            List<String> fields,
            int rows,
            int subjects) {}

    InvestigationView view(Investigation each) {
        Investigation.LeakedFile file = each.file();
        Investigation.Consent consent = each.consent();
        LeakResult result = each.result();
        return new InvestigationView(
                each.id(),
                each.number(),
                each.type(),
                each.state(),
                each.dataset().isEmpty()
                        ? null
                        : new Named(each.dataset(), names.dataset(each.dataset())),
                each.grade(),
                each.reason(),
                each.basis(),
                each.kind(),
                each.shown(),
                file == null ? null : new FileView(file.name(), file.bytes(), file.sha256()),
                each.opened(),
                new Named(each.openedBy(), each.openedByName()),
                organisations.named(each.organisation()),
                consent == null
                        ? null
                        : new ConsentView(
                                consent.time(),
                                consent.username(),
                                consent.name(),
                                consent.reason()),
                each.progress(),
                each.finished(),
                each.error(),
                investigations.mayConsent(each),
                result == null ? null : view(result));
    }

    private ResultView view(LeakResult result) {
        return new ResultView(
                result.rows(),
                result.faulty(),
                result.examined(),
                result.keyColumn(),
                result.kind(),
                result.direct(),
                result.linked(),
                result.population(),
                result.findings().stream().map(this::view).toList());
    }

    private FindingView view(LeakResult.Finding found) {
        return new FindingView(
                found.applications().stream().map(this::recipient).toList(),
                found.rows(),
                found.received(),
                found.weight(),
                found.gain(),
                found.chance(),
                found.verdict(),
                found.deliveries().size(),
                found.marks());
    }

    private RecipientView recipient(String application) {
        return new RecipientView(
                application,
                names.application(application),
                organisations.named(names.organisationOf(application)));
    }

    DeliveryView view(FoundDelivery each) {
        return new DeliveryView(
                each.record(),
                each.origin(),
                each.index(),
                each.request(),
                each.export(),
                each.time(),
                new Named(each.application(), names.application(each.application())),
                organisations.named(each.organisation()),
                new Named(each.calledInterface(), names.calledInterface(each.calledInterface())),
                new Named(each.dataset(), names.dataset(each.dataset())),
                each.grant(),
                each.purpose(),
                each.matter(),
                each.fields(),
                each.rows(),
                each.subjects());
    }
}
