package cn.tiaoxi.platform.ledger;

import cn.tiaoxi.platform.border.Words;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Says what a reader found wrong in a file in the words of who writes such files. */
final class ReaderWords {
    private ReaderWords() {}

    static Words of(JacksonException problem) {
        if (problem instanceof UnrecognizedPropertyException unknown) {
            return unknown(unknown);
        }
        if (problem instanceof InvalidFormatException wrong && wrong.getTargetType().isEnum()) {
            return choice(wrong);
        }
        Words shape =
                problem instanceof MismatchedInputException wrong
                        ? shape(wrong.getTargetType())
                        : null;
        if (shape == null) {
            return raw(problem);
        }
        return problem instanceof InvalidFormatException wrong
                ? new Words(
                        "“" + wrong.getValue() + "”不对，此处应为" + shape.zh(),
                        "“" + wrong.getValue() + "” is wrong; here must be " + shape.en())
                : new Words("此处应为" + shape.zh(), "here must be " + shape.en());
    }

    private static Words unknown(UnrecognizedPropertyException unknown) {
        Collection<Object> known = unknown.getKnownPropertyIds();
        String keys =
                known == null
                        ? ""
                        : known.stream()
                                .map(String::valueOf)
                                .sorted()
                                .collect(Collectors.joining(", "));
        return new Words(
                "没有键 " + unknown.getPropertyName() + (keys.isEmpty() ? "" : "，可用的键：" + keys),
                "there is no key "
                        + unknown.getPropertyName()
                        + (keys.isEmpty() ? "" : "; there are: " + keys));
    }

    private static Words choice(InvalidFormatException wrong) {
        String choices =
                Arrays.stream(wrong.getTargetType().getEnumConstants())
                        .map(c -> ((Enum<?>) c).name())
                        .collect(Collectors.joining(", "));
        return new Words(
                "“" + wrong.getValue() + "”不可用，可用的值：" + choices,
                "“" + wrong.getValue() + "” is not allowed; allowed are: " + choices);
    }

    /** What a value of that type looks like in a file; null if it cannot be said simply. */
    private static @Nullable Words shape(@Nullable Class<?> type) {
        if (type == null) {
            return null;
        }
        if (Collection.class.isAssignableFrom(type)) {
            return new Words("列表", "a list");
        }
        if (Map.class.isAssignableFrom(type) || type.isRecord()) {
            return new Words("一组键和值", "keys with values");
        }
        if (type == String.class) {
            return new Words("文字", "a text");
        }
        if (type == boolean.class || type == Boolean.class) {
            return new Words("true 或 false", "true or false");
        }
        if (type == int.class
                || type == Integer.class
                || type == long.class
                || type == Long.class) {
            return new Words("整数", "a whole number");
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return new Words("数字", "a number");
        }
        return null;
    }

    private static Words raw(JacksonException problem) {
        String reason = problem.getOriginalMessage().replaceAll(" \\(class [^)]*\\)", "");
        return new Words("格式不对：" + reason, reason);
    }
}
