package cn.tiaoxi.platform.search;

import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.identity.People;
import cn.tiaoxi.platform.identity.Person;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** Gives the city's people to the search, for those who may see them. */
@Component
class PersonSource implements SearchSource {
    static final String KIND = "person";

    private final People people;
    private final Organisations organisations;

    PersonSource(People people, Organisations organisations) {
        this.people = people;
        this.organisations = organisations;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String permission() {
        return "person:read";
    }

    @Override
    public void each(Consumer<SearchDocument> taker) {
        people.active().forEach(p -> taker.accept(document(p)));
    }

    @Override
    public Optional<SearchDocument> find(String id) {
        return people.find(id).filter(Person::active).map(this::document);
    }

    private SearchDocument document(Person person) {
        return new SearchDocument(
                person.id(),
                person.name(),
                organisations
                        .find(person.organisation())
                        .map(o -> o.name().zh())
                        .orElse(person.organisation()),
                "",
                List.of(person.username()),
                "/people?q=" + person.username(),
                person.organisation());
    }
}
