package cn.tiaoxi.platform.catalogue.web;

import cn.tiaoxi.lake.kind.Grade;
import cn.tiaoxi.platform.catalogue.Element;
import cn.tiaoxi.platform.catalogue.Elements;
import cn.tiaoxi.platform.identity.Permission;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The city's data elements. */
@RestController
class ElementController {
    private final Elements elements;

    ElementController(Elements elements) {
        this.elements = elements;
    }

    /** A data element in an answer. */
    record ElementView(
            String id,
            String name,
            String nameEn,
            String definition,
            String dataType,
            String format,
            Grade grade) {

        static ElementView of(Element element) {
            return new ElementView(
                    element.id(),
                    element.name().shown(),
                    element.name().en(),
                    element.definition().shown(),
                    element.dataType(),
                    element.format(),
                    element.grade());
        }
    }

    @GetMapping("/api/v1/elements")
    @Permission("dataset:read")
    Map<String, List<ElementView>> search(@RequestParam(defaultValue = "") String q) {
        return Map.of("items", elements.search(q).stream().map(ElementView::of).toList());
    }
}
