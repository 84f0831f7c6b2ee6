package cn.tiaoxi.platform.border;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import tools.jackson.core.JacksonException;

/** The one place where failures become problem details. */
@RestControllerAdvice
class ProblemAdvice {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

    /** Constraints that say that something must be given. */
    private static final Set<String> REQUIRED = Set.of("NotNull", "NotEmpty", "NotBlank");

    private final ProblemDetails problems;

    ProblemAdvice(ProblemDetails problems) {
        this.problems = problems;
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(
            PlatformException failure, HttpServletRequest request, Locale locale) {
        if (failure.code().fault() == ErrorCode.Fault.PLATFORM) {
            LOG.error("{} {}", request.getMethod(), request.getRequestURI(), failure);
        }
        return answer(problems.of(failure, locale), request);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> invalid(
            MethodArgumentNotValidException failure, HttpServletRequest request, Locale locale) {
        List<FieldError> errors =
                failure.getBindingResult().getFieldErrors().stream()
                        .map(ProblemAdvice::fieldError)
                        .toList();
        return answer(problems.of(BorderException.invalid(errors), locale), request);
    }

    private static FieldError fieldError(org.springframework.validation.FieldError error) {
        String constraint = error.getCode();
        return constraint != null && REQUIRED.contains(constraint)
                ? new FieldError(error.getField(), "border.required")
                : new FieldError(error.getField(), "border.field", reason(error));
    }

    private static String reason(org.springframework.validation.FieldError error) {
        String message = error.getDefaultMessage();
        return message == null ? "" : message;
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> mistyped(
            MethodArgumentTypeMismatchException failure,
            HttpServletRequest request,
            Locale locale) {
        return answer(
                problems.of(
                        BorderException.invalid(
                                failure.getName(),
                                "border.type",
                                String.valueOf(failure.getValue())),
                        locale),
                request);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> parameterInvalid(
            HandlerMethodValidationException failure, HttpServletRequest request, Locale locale) {
        List<FieldError> errors =
                failure.getParameterValidationResults().stream()
                        .map(
                                r ->
                                        new FieldError(
                                                String.valueOf(
                                                        r.getMethodParameter().getParameterName()),
                                                "border.field",
                                                String.valueOf(
                                                        r.getResolvableErrors()
                                                                .getFirst()
                                                                .getDefaultMessage())))
                        .toList();
        return answer(problems.of(BorderException.invalid(errors), locale), request);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unreadable(
            HttpMessageNotReadableException failure, HttpServletRequest request, Locale locale) {
        BorderException problem =
                switch (failure.getCause()) {
                    case JacksonException e when !place(e).isEmpty() ->
                            BorderException.invalid(place(e), "border.value");
                    case JacksonException e ->
                            BorderException.invalid("", "border.json", e.getOriginalMessage());
                    case null, default -> BorderException.invalid("", "border.json", "");
                };
        return answer(problems.of(problem, locale), request);
    }

    /** Where in a body a value does not fit: {@code exports.keptHours}, {@code keys[1]}. */
    private static String place(JacksonException failure) {
        StringBuilder place = new StringBuilder();
        for (JacksonException.Reference step : failure.getPath()) {
            if (step.getPropertyName() == null) {
                place.append('[').append(step.getIndex()).append(']');
            } else {
                place.append(place.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        }
        return place.toString();
    }

    /** A forbidden call is the security chain's to answer. */
    @ExceptionHandler
    void forbidden(AccessDeniedException failure) {
        throw failure;
    }

    /** The asker went away; there is nobody to answer. */
    @ExceptionHandler
    void gone(AsyncRequestNotUsableException failure) {
        LOG.debug("The asker went away: {}", failure.getMessage());
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> failed(
            Exception failure, HttpServletRequest request, Locale locale) {
        if (failure instanceof ErrorResponse known && known.getStatusCode().is4xxClientError()) {
            return answer(problems.of(byStatus(known.getStatusCode()), locale), request);
        }
        String reference = UUID.randomUUID().toString();
        LOG.error(
                "{} {} failed, reference {}",
                request.getMethod(),
                request.getRequestURI(),
                reference,
                failure);
        return answer(problems.of(BorderError.INTERNAL, locale, reference), request);
    }

    private static BorderError byStatus(HttpStatusCode status) {
        return switch (status.value()) {
            case 404 -> BorderError.NOT_FOUND;
            case 405 -> BorderError.METHOD_NOT_ALLOWED;
            case 406 -> BorderError.NOT_ACCEPTABLE;
            case 413 -> BorderError.PAYLOAD_TOO_LARGE;
            case 415 -> BorderError.MEDIA_TYPE_UNSUPPORTED;
            default -> BorderError.REQUEST_INVALID;
        };
    }

    private static ResponseEntity<ProblemDetail> answer(
            ProblemDetail problem, HttpServletRequest request) {
        problem.setInstance(URI.create(request.getRequestURI().replaceAll("[^\\w/.~%-]", "_")));
        return ResponseEntity.status(problem.getStatus())
                .contentType(org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }
}
