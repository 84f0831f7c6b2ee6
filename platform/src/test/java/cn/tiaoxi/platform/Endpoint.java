package cn.tiaoxi.platform;

import java.lang.annotation.Annotation;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * A way into the platform over HTTP.
 *
 * @param method HTTP method
 * @param path its path, with variables
 * @param takes content type of the request's body
 * @param handler what answers
 */
record Endpoint(String method, String path, String takes, HandlerMethod handler) {

    /** All that the running platform answers itself, without those of libraries. */
    static List<Endpoint> of(RequestMappingHandlerMapping routes) {
        List<Endpoint> all = new ArrayList<>();
        routes.getHandlerMethods()
                .forEach(
                        (route, handler) -> {
                            if (handler.getBeanType().getName().startsWith("cn.tiaoxi.platform.")) {
                                add(all, route, handler);
                            }
                        });
        return all;
    }

    private static void add(List<Endpoint> all, RequestMappingInfo route, HandlerMethod handler) {
        String takes =
                route.getConsumesCondition().getConsumableMediaTypes().stream()
                        .findFirst()
                        .orElse(MediaType.APPLICATION_JSON)
                        .toString();
        if (route.getMethodsCondition().isEmpty()) {
            throw new AssertionError(handler + " answers every HTTP method");
        }
        for (RequestMethod method : route.getMethodsCondition().getMethods()) {
            for (String path : route.getPatternValues()) {
                all.add(new Endpoint(method.name(), path, takes, handler));
            }
        }
    }

    boolean has(Class<? extends Annotation> annotation) {
        return handler.hasMethodAnnotation(annotation);
    }

    /** Calls it about a thing that does not exist. */
    Visitor.Answer callAs(Visitor visitor) {
        return visitor.send(
                method,
                path.replaceAll("\\{[^}]*}", "none-such"),
                method.equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString("{}"),
                method.equals("GET") ? Map.of() : Map.of("Content-Type", takes));
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
