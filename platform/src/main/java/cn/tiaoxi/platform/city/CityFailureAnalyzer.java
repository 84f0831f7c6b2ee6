package cn.tiaoxi.platform.city;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in two lines which file of the city is wrong, in place of a stack trace. */
class CityFailureAnalyzer extends AbstractFailureAnalyzer<CityException> {
    @Override
    protected FailureAnalysis analyze(Throwable root, CityException cause) {
        return new FailureAnalysis(
                String.valueOf(cause.getMessage()),
                "Mend the file at the place named and start again.",
                cause);
    }
}
