package cn.tiaoxi.platform.border;

import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Reads {@code limit}, {@code sort} and {@code after} of a list request. */
@Component
class SliceResolver implements HandlerMethodArgumentResolver {
    private static final int DEFAULT_LIMIT = 20;
    private static final int MAX_LIMIT = 200;

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Slice.class;
    }

    @Override
    public Slice resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binder) {
        String sort = blankToNull(request.getParameter("sort"));
        boolean descending = sort != null && sort.startsWith("-");
        String after = blankToNull(request.getParameter("after"));
        return new Slice(
                descending && sort != null ? sort.substring(1) : sort,
                descending,
                limit(request.getParameter("limit")),
                after == null ? null : Slice.parse(after));
    }

    private static int limit(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return DEFAULT_LIMIT;
        }
        try {
            int limit = Integer.parseInt(text.strip());
            if (limit >= 1 && limit <= MAX_LIMIT) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // Told below, as any number outside the bounds.
        }
        throw BorderException.invalid("limit", "border.limit", MAX_LIMIT);
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
