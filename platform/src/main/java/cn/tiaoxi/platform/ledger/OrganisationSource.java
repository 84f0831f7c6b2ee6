package cn.tiaoxi.platform.ledger;

import cn.tiaoxi.platform.city.Organisation;
import cn.tiaoxi.platform.city.Organisations;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** Gives the city's bodies to the search. */
@Component
class OrganisationSource implements SearchSource {
    private final Organisations organisations;

    OrganisationSource(Organisations organisations) {
        this.organisations = organisations;
    }

    @Override
    public String kind() {
        return "organisation";
    }

    @Override
    public String permission() {
        return "dataset:read";
    }

    @Override
    public void each(Consumer<SearchDocument> taker) {
        organisations.all().forEach(o -> taker.accept(document(o)));
    }

    @Override
    public Optional<SearchDocument> find(String id) {
        return organisations.find(id).map(OrganisationSource::document);
    }

    private static SearchDocument document(Organisation organisation) {
        return new SearchDocument(
                organisation.code(),
                organisation.name().zh(),
                organisation.name().en(),
                "",
                List.of(organisation.code()),
                "/datasets?organisation=" + organisation.code(),
                null);
    }
}
