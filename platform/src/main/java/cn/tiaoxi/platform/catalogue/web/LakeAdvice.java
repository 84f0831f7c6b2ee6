package cn.tiaoxi.platform.catalogue.web;

import cn.tiaoxi.lake.ErrorCode;
import cn.tiaoxi.lake.LakeException;
import java.net.URI;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Answers what the lake refuses as problem details. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class LakeAdvice {
    private static final Logger LOG = LoggerFactory.getLogger(LakeAdvice.class);

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(LakeException failure, Locale locale) {
        if (failure.code().fault() == ErrorCode.Fault.PLATFORM) {
            LOG.error("The lake failed", failure);
        }
        ProblemDetail problem = ProblemDetail.forStatus(status(failure));
        problem.setType(URI.create("urn:tiaoxi:problem:" + failure.code()));
        problem.setTitle(failure.message(locale));
        problem.setDetail(failure.message(locale));
        problem.setProperty("code", failure.code().name());
        problem.setProperty("mend", failure.mend(locale));
        return ResponseEntity.status(problem.getStatus())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }

    private static int status(LakeException failure) {
        return switch (failure.code().fault()) {
            case USER -> 422;
            case CAPACITY -> 507;
            case PLATFORM -> 500;
        };
    }
}
