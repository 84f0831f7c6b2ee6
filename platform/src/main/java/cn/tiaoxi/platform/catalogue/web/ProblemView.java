package cn.tiaoxi.platform.catalogue.web;

import cn.tiaoxi.lake.source.Problem;
import cn.tiaoxi.platform.catalogue.Upload;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Something amiss, in the asker's language. */
record ProblemView(String code, String message, String mend) {

    static ProblemView of(Problem problem, Locale locale) {
        return new ProblemView(
                problem.code().name(), problem.message(locale), problem.mend(locale));
    }

    static @Nullable ProblemView of(Upload.@Nullable Fault fault, Locale locale) {
        return fault == null
                ? null
                : new ProblemView(
                        fault.code(), fault.message().in(locale), fault.mend().in(locale));
    }
}
