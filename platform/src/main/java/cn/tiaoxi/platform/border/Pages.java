package cn.tiaoxi.platform.border;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.PathResourceResolver;

/**
 * Serves the pages. They have addresses of their own, such as {@code /datasets/…}, which a person
 * may open directly: any path that is neither a file nor the server's own answers the one document
 * of the pages. Files under {@code /assets} carry their content's hash in the name and never
 * change.
 */
@Configuration
class Pages implements WebMvcConfigurer {
    private static final String FOLDER = "classpath:/static/";
    private static final Duration FOREVER = Duration.ofDays(365);

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler("/assets/**")
                .addResourceLocations(FOLDER + "assets/")
                .setCacheControl(CacheControl.maxAge(FOREVER).cachePublic().immutable());
        registry.addResourceHandler("/**")
                .addResourceLocations(FOLDER)
                .setCacheControl(CacheControl.noCache())
                .resourceChain(false)
                .addResolver(new DocumentResolver());
    }

    /** Finds a file, or else the document of the pages. */
    static final class DocumentResolver extends PathResourceResolver {
        private static final String DOCUMENT = "index.html";
        private static final List<String> NOT_PAGES =
                List.of("api/", "gateway-control/", "actuator/", "oauth2/", "login/", "assets/");

        @Override
        protected @Nullable Resource getResource(String path, Resource folder) throws IOException {
            Resource file = super.getResource(path, folder);
            if (file != null || NOT_PAGES.stream().anyMatch((path + "/")::startsWith)) {
                return file;
            }
            return super.getResource(DOCUMENT, folder);
        }
    }
}
