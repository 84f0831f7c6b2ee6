package cn.tiaoxi.gateway.upstream;

import cn.tiaoxi.contract.HttpUpstream;
import cn.tiaoxi.contract.HttpUpstream.Parameter;
import cn.tiaoxi.contract.HttpUpstream.Place;
import cn.tiaoxi.contract.PolicySnapshot.FieldType;
import cn.tiaoxi.contract.Refusal;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks what a caller gives against the parameters of a service. Immutable. */
final class ParameterCheck {
    private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9][0-9]{0,17})");
    private static final Pattern DECIMAL =
            Pattern.compile("-?(0|[1-9][0-9]{0,17})(\\.[0-9]{1,18})?");

    private final Map<String, Rule> rules = new HashMap<>();

    private record Rule(Parameter parameter, @Nullable Pattern pattern) {}

    ParameterCheck(HttpUpstream service) {
        for (Parameter parameter : service.parameters()) {
            String pattern = parameter.pattern();
            rules.put(
                    parameter.name(),
                    new Rule(parameter, pattern == null ? null : Pattern.compile(pattern)));
        }
    }

    boolean knows(String name) {
        return rules.containsKey(name);
    }

    /**
     * Checks all that is given.
     *
     * @throws UpstreamException that names the parameter and what is allowed
     */
    void check(Map<String, String> given) {
        for (var each : given.entrySet()) {
            Rule rule = rules.get(each.getKey());
            if (rule == null) {
                throw UpstreamException.of(Refusal.PARAMETER_UNKNOWN, each.getKey());
            }
            check(rule, each.getValue());
        }
        for (Rule rule : rules.values()) {
            if (rule.parameter().required() && !given.containsKey(rule.parameter().name())) {
                throw UpstreamException.of(Refusal.PARAMETER_MISSING, rule.parameter().name());
            }
        }
    }

    private static void check(Rule rule, String value) {
        Parameter parameter = rule.parameter();
        Integer longest = parameter.longest();
        if (value.length() > (longest == null ? Parameter.USUAL_LONGEST : longest)
                || !fits(rule, value)) {
            throw UpstreamException.of(Refusal.PARAMETER_NOT_ALLOWED, allowed(parameter));
        }
    }

    private static boolean fits(Rule rule, String value) {
        Parameter parameter = rule.parameter();
        Integer shortest = parameter.shortest();
        return value.codePoints().noneMatch(Character::isISOControl)
                && (shortest == null || value.length() >= shortest)
                && (parameter.allowed().isEmpty() || parameter.allowed().contains(value))
                && isOfType(parameter.type(), value)
                && isWithin(parameter, value)
                && isPlaced(parameter.place(), value)
                && (rule.pattern() == null || BoundedText.finds(rule.pattern(), value));
    }

    private static boolean isOfType(FieldType type, String value) {
        try {
            return switch (type) {
                case TEXT -> true;
                case INTEGER -> INTEGER.matcher(value).matches();
                case DECIMAL -> DECIMAL.matcher(value).matches();
                case BOOLEAN -> value.equals("true") || value.equals("false");
                case DATE -> !LocalDate.parse(value).equals(LocalDate.MIN);
                case TIMESTAMP -> isTime(value);
            };
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static boolean isTime(String value) {
        try {
            return !OffsetDateTime.parse(value).equals(OffsetDateTime.MIN);
        } catch (DateTimeException e) {
            return !LocalDateTime.parse(value).equals(LocalDateTime.MIN);
        }
    }

    private static boolean isWithin(Parameter parameter, String value) {
        BigDecimal least = parameter.least();
        BigDecimal most = parameter.most();
        if (least == null && most == null
                || parameter.type() != FieldType.INTEGER && parameter.type() != FieldType.DECIMAL) {
            return true;
        }
        BigDecimal number = new BigDecimal(value);
        return (least == null || number.compareTo(least) >= 0)
                && (most == null || number.compareTo(most) <= 0);
    }

    /** In a path no step may be empty or lead elsewhere; a header is visible ASCII. */
    private static boolean isPlaced(Place place, String value) {
        return switch (place) {
            case PATH -> !value.isEmpty() && !value.equals(".") && !value.equals("..");
            case HEADER -> !value.isBlank() && value.chars().allMatch(c -> c >= ' ' && c < 0x7f);
            case QUERY, BODY -> true;
        };
    }

    /** What a parameter allows, in signs that need no language. */
    static String allowed(Parameter parameter) {
        StringBuilder text = new StringBuilder(parameter.name()).append(": ");
        if (!parameter.allowed().isEmpty()) {
            return text.append(String.join(" | ", parameter.allowed())).toString();
        }
        text.append(parameter.type());
        if (parameter.least() != null || parameter.most() != null) {
            text.append(' ').append(end(parameter.least())).append("..");
            text.append(end(parameter.most()));
        }
        Integer longest = parameter.longest();
        Integer shortest = parameter.shortest();
        text.append(", length ").append(shortest == null ? 0 : shortest).append("..");
        text.append(longest == null ? Parameter.USUAL_LONGEST : longest);
        if (parameter.pattern() != null) {
            text.append(", ").append(parameter.pattern());
        }
        return text.toString();
    }

    private static String end(@Nullable BigDecimal end) {
        return end == null ? "" : end.toPlainString();
    }
}
