package cn.tiaoxi.platform.border;

import java.util.List;
import java.util.Locale;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.ReloadableResourceBundleMessageSource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.i18n.AcceptHeaderLocaleResolver;

/** Language and list parameters of every request. */
@Configuration
class BorderConfiguration implements WebMvcConfigurer {
    private final SliceResolver slices;
    private final ExportResolver exports;

    BorderConfiguration(SliceResolver slices, ExportResolver exports) {
        this.slices = slices;
        this.exports = exports;
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(slices);
        resolvers.add(exports);
    }

    /** Every {@code messages/<module>.properties}: Chinese, with {@code _en} beside it. */
    @Bean
    static ReloadableResourceBundleMessageSource messageSource() throws java.io.IOException {
        ReloadableResourceBundleMessageSource source = new ReloadableResourceBundleMessageSource();
        source.setDefaultEncoding("UTF-8");
        source.setFallbackToSystemLocale(false);
        for (Resource resource :
                new PathMatchingResourcePatternResolver()
                        .getResources("classpath*:messages/*.properties")) {
            String name = resource.getFilename();
            if (name != null && !name.endsWith("_en.properties")) {
                source.addBasenames("classpath:messages/" + name.replace(".properties", ""));
            }
        }
        return source;
    }

    @Bean
    static LocaleResolver localeResolver() {
        AcceptHeaderLocaleResolver resolver = new AcceptHeaderLocaleResolver();
        resolver.setDefaultLocale(Locale.SIMPLIFIED_CHINESE);
        resolver.setSupportedLocales(
                List.of(Locale.SIMPLIFIED_CHINESE, Locale.CHINESE, Locale.ENGLISH));
        return resolver;
    }
}
