package cn.tiaoxi.platform.search;

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

    /** Its name, and below it the name of the body that it belongs to. */
    @Override
    public SearchHit shown(SearchHit hit) {
        return organisations
                .find(hit.id())
                .map(o -> hit.with(o.name().shown(), above(o)))
                .orElse(hit);
    }

    private String above(Organisation organisation) {
        String parent = organisation.parent();
        return parent == null ? "" : organisations.name(parent);
    }

    private static SearchDocument document(Organisation organisation) {
        return new SearchDocument(
                organisation.code(),
                organisation.name().zh(),
                "",
                organisation.name().en(),
                List.of(organisation.code()),
                "/datasets?organisation=" + organisation.code(),
                null);
    }
}
