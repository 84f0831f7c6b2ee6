package cn.tiaoxi.platform.catalogue;

import cn.tiaoxi.platform.city.CityException;
import cn.tiaoxi.platform.city.CityFolder;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The city's data elements, from {@code elements.yaml}. */
@Component
public class Elements {
    private static final int MOST_FOUND = 50;

    private final Map<String, Element> byId;

    /** The shape of {@code elements.yaml}. */
    record ElementsFile(List<Element> elements) {}

    Elements(CityFolder folder) {
        Map<String, Element> read = new LinkedHashMap<>();
        for (Element each : folder.read("elements.yaml", ElementsFile.class).elements()) {
            if (read.put(each.id(), each) != null) {
                throw CityException.wrong(
                        folder.path("elements.yaml"), "the element " + each.id() + " stands twice");
            }
        }
        this.byId = Collections.unmodifiableMap(read);
    }

    /** An element by its identifier. */
    public Optional<Element> find(@Nullable String id) {
        return Optional.ofNullable(id).map(byId::get);
    }

    /** Elements whose identifier, name or definition has the text; all for an empty one. */
    public List<Element> search(String text) {
        String wanted = text.strip().toLowerCase(Locale.ROOT);
        return byId.values().stream()
                .filter(e -> wanted.isEmpty() || words(e).contains(wanted))
                .limit(MOST_FOUND)
                .toList();
    }

    private static String words(Element element) {
        return String.join(
                        "\n",
                        element.id(),
                        element.name().zh(),
                        element.name().en(),
                        element.definition().zh())
                .toLowerCase(Locale.ROOT);
    }

    /** The element of just that name, in either language. */
    Optional<Element> named(String label) {
        return byId.values().stream()
                .filter(
                        e ->
                                e.name().zh().equals(label.strip())
                                        || e.name().en().equalsIgnoreCase(label.strip()))
                .findFirst();
    }
}
