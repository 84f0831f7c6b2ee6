package cn.tiaoxi.platform.ledger;

import cn.tiaoxi.platform.border.BorderException;
import cn.tiaoxi.platform.city.City;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Gives new entries their codes, by the pattern of their type. */
@Component
class EntryCodes {
    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("yyyyMM");

    private final CodeStore store;
    private final City city;

    EntryCodes(CodeStore store, City city) {
        this.store = store;
        this.city = city;
    }

    /**
     * The code of a new entry. Others who want one of the same scope wait until the transaction
     * ends.
     *
     * @param given its code where the type's codes are given; else null
     * @throws BorderException if the code is missing or taken, or given where it may not be
     */
    String next(LedgerType type, @Nullable String given, Instant now) {
        if (type.identifier().equals(CodePattern.GIVEN)) {
            if (given == null || !CodePattern.acceptable(given.strip())) {
                throw BorderException.invalid("code", "ledger.codeMissing");
            }
            if (!store.targets(type.id(), List.of(given.strip())).isEmpty()) {
                throw BorderException.invalid("code", "ledger.taken", given.strip());
            }
            return given.strip();
        }
        if (given != null && !given.isBlank()) {
            throw BorderException.invalid("code", "ledger.codeNotGiven");
        }
        CodePattern pattern = pattern(type, now);
        return pattern.code(store.nextNumbers(type.id(), pattern.scope(), 1));
    }

    /**
     * The first of so many next numbers for codes of a pattern; others who want some wait until the
     * transaction ends.
     */
    long first(LedgerType type, CodePattern pattern, int count) {
        return store.nextNumbers(type.id(), pattern.scope(), count);
    }

    /** The codes of the entries that have one of these titles. */
    Map<String, List<String>> byTitle(String type, Collection<String> titles) {
        return store.codesByTitle(type, titles);
    }

    /** The codes of the entries of these identifiers, by identifier. */
    Map<String, String> of(Collection<String> ids) {
        return store.codes(ids);
    }

    /** The pattern of codes that are made at that time. */
    CodePattern pattern(LedgerType type, Instant now) {
        return CodePattern.of(
                type.identifier(), city.code(), MONTH.format(now.atZone(city.zone())));
    }
}
