package cn.tiaoxi.platform.flow;

import cn.tiaoxi.platform.border.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.flowable.bpmn.model.ExtensionElement;
import org.flowable.bpmn.model.UserTask;
import org.jspecify.annotations.Nullable;

/**
 * What a process file says about a user task beyond BPMN, in the element {@code tiaoxi:task}. The
 * texts may name process variables as <code>${name}</code>.
 */
record TaskPlan(
        String kind,
        String permission,
        String organisation,
        @Nullable String person,
        Words title,
        String link,
        @Nullable String workingDays,
        @Nullable String remindWorkingDaysBefore) {
    /** Namespace of the platform's additions to BPMN. */
    static final String NAMESPACE = "https://tiaoxi.cn/bpmn";

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)}");

    /** The plan of a user task; empty if the element is missing. */
    static Optional<TaskPlan> of(UserTask task) {
        List<ExtensionElement> found = task.getExtensionElements().getOrDefault("task", List.of());
        return found.stream()
                .filter(e -> NAMESPACE.equals(e.getNamespace()))
                .findFirst()
                .map(TaskPlan::read);
    }

    private static TaskPlan read(ExtensionElement element) {
        return new TaskPlan(
                required(element, "kind"),
                required(element, "permission"),
                required(element, "organisation"),
                element.getAttributeValue(null, "person"),
                new Words(required(element, "titleZh"), required(element, "titleEn")),
                required(element, "link"),
                element.getAttributeValue(null, "workingDays"),
                element.getAttributeValue(null, "remindWorkingDaysBefore"));
    }

    private static String required(ExtensionElement element, String attribute) {
        String value = element.getAttributeValue(null, attribute);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(
                    "tiaoxi:task lacks the attribute "
                            + attribute
                            + " (line "
                            + element.getXmlRowNumber()
                            + ")");
        }
        return value;
    }

    /** A text with its variables put in. */
    static String filled(String text, Map<String, Object> variables) {
        Matcher matcher = VARIABLE.matcher(text);
        return matcher.replaceAll(
                found -> {
                    Object value = variables.get(found.group(1));
                    if (value == null) {
                        throw new IllegalArgumentException(
                                "The process has no variable " + found.group(1));
                    }
                    return Matcher.quoteReplacement(value.toString());
                });
    }

    /** Length of the deadline in working days, or null where there is none. */
    @Nullable Integer workingDays(Map<String, Object> variables) {
        return workingDays == null ? null : Integer.valueOf(filled(workingDays, variables).strip());
    }

    /** How many working days before the deadline people are reminded, each time. */
    List<Integer> reminders(Map<String, Object> variables) {
        List<Integer> days = new ArrayList<>();
        if (remindWorkingDaysBefore != null) {
            for (String each : filled(remindWorkingDaysBefore, variables).split(",")) {
                if (!each.isBlank()) {
                    days.add(Integer.valueOf(each.strip()));
                }
            }
        }
        return days;
    }
}
