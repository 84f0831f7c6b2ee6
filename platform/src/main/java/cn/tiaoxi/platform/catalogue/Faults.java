package cn.tiaoxi.platform.catalogue;

import cn.tiaoxi.lake.LakeException;
import cn.tiaoxi.platform.border.PlatformException;
import cn.tiaoxi.platform.border.ProblemDetails;
import cn.tiaoxi.platform.border.Words;
import java.util.Locale;
import java.util.Map;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;

/** Puts failures into words that can be kept and shown later, in either language. */
@Component
class Faults {
    private final ProblemDetails problems;

    Faults(ProblemDetails problems) {
        this.problems = problems;
    }

    static Upload.Fault of(LakeException failure) {
        return new Upload.Fault(
                failure.code().name(),
                new Words(failure.message(Locale.CHINESE), failure.message(Locale.ENGLISH)),
                new Words(failure.mend(Locale.CHINESE), failure.mend(Locale.ENGLISH)));
    }

    Upload.Fault of(PlatformException failure) {
        ProblemDetail zh = problems.of(failure, Locale.SIMPLIFIED_CHINESE);
        ProblemDetail en = problems.of(failure, Locale.ENGLISH);
        return new Upload.Fault(
                failure.code().name(),
                new Words(String.valueOf(zh.getDetail()), String.valueOf(en.getDetail())),
                new Words(mend(zh), mend(en)));
    }

    private static String mend(ProblemDetail problem) {
        Map<String, Object> properties = problem.getProperties();
        return properties == null ? "" : String.valueOf(properties.getOrDefault("mend", ""));
    }
}
