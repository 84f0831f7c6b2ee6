package cn.tiaoxi.platform.border;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Reads {@code format} of a list request. */
@Component
class ExportResolver implements HandlerMethodArgumentResolver {
    private final MessageSource messages;

    ExportResolver(MessageSource messages) {
        this.messages = messages;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Export.class;
    }

    @Override
    public Export resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binder) {
        HttpServletResponse response = request.getNativeResponse(HttpServletResponse.class);
        if (response == null) {
            throw new IllegalStateException("An export needs a servlet");
        }
        return new Export(
                format(request.getParameter("format")),
                response,
                messages,
                LocaleContextHolder.getLocale());
    }

    private static Export.@Nullable Format format(@Nullable String wanted) {
        if (wanted == null || wanted.isBlank() || wanted.equals("json")) {
            return null;
        }
        return switch (wanted.toLowerCase(Locale.ROOT)) {
            case "csv" -> Export.Format.CSV;
            case "xlsx" -> Export.Format.XLSX;
            case "jsonl" -> Export.Format.JSONL;
            default -> throw BorderException.invalid("format", "border.format", wanted);
        };
    }
}
