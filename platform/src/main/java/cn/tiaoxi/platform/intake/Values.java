package cn.tiaoxi.platform.intake;

import cn.tiaoxi.platform.city.Organisation;
import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.identity.Person;
import cn.tiaoxi.platform.ledger.LedgerType;
import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.HtmlUtils;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads cells as values of fields, the way people write them. What may mean two things is an error
 * that says how to write it. Used by one thread.
 */
final class Values {
    private static final int LONGEST_SHOWN = 60;
    private static final int MOST_NAMED = 5;
    private static final Pattern ENTITY =
            Pattern.compile("&(?:[A-Za-z][A-Za-z0-9]{1,30}|#\\d{1,7}|#[xX][0-9A-Fa-f]{1,6});");
    private static final Pattern BETWEEN = Pattern.compile("[;；|\\n]");
    private static final Pattern BETWEEN_NAMES = Pattern.compile("[;；|\\n、]");
    private static final Set<String> YES =
            Set.of("是", "有", "对", "真", "yes", "y", "true", "t", "1", "√", "✓", "✔", "☑");
    private static final Set<String> NO =
            Set.of("否", "无", "错", "假", "no", "n", "false", "f", "0", "×", "✗", "✘", "x");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Names bodies = new Names();
    private final Names divisions = new Names();
    private final Names people = new Names();
    private final Map<String, Names> codes = new HashMap<>();
    private final boolean decode;

    /** Takes what is wrong with, or told about, the cell being read. */
    @FunctionalInterface
    interface Taker {
        void take(String code, boolean wrong, Object... arguments);
    }

    Values(
            LedgerType type,
            Organisations organisations,
            Collection<Person> persons,
            boolean decodeEntities) {
        decode = decodeEntities;
        for (Organisation each : organisations.all()) {
            boolean division =
                    switch (each.kind()) {
                        case CITY, COUNTY, TOWN -> true;
                        case OFFICE, ENTERPRISE -> false;
                    };
            for (Names names : division ? List.of(bodies, divisions) : List.of(bodies)) {
                names.value(each.code());
                names.name(each.name().zh(), each.code());
                names.name(each.name().en(), each.code());
            }
        }
        for (Person each : persons) {
            people.value(each.username());
            people.name(each.name(), each.username());
        }
        for (LedgerType.Field field : type.fields()) {
            Names names = new Names();
            for (LedgerType.Code code : field.allCodes()) {
                names.value(code.code());
                names.name(code.name().zh(), code.code());
                names.name(code.name().en(), code.code());
            }
            codes.put(field.id(), names);
        }
    }

    /** The code of an organisation, or null. */
    @Nullable String organisation(Object cell, Taker taker) {
        return one(bodies, text(cell, taker), "intake.organisationUnknown", taker);
    }

    /** A code of an entry, or null if the cell is empty. */
    @Nullable String code(Object cell, Taker taker) {
        String text = plain(cell).strip();
        return text.isEmpty() ? null : text;
    }

    /** A field's value, or null if there is none or it cannot be read. */
    @Nullable Object read(LedgerType.Field field, Object cell, Taker taker) {
        if (!field.several()) {
            if (cell instanceof Collection<?> all) {
                if (all.size() != 1) {
                    taker.take("intake.onlyOne", true);
                    return null;
                }
                return one(field, all.iterator().next(), taker);
            }
            return one(field, cell, taker);
        }
        Set<Object> values = new LinkedHashSet<>();
        for (Object part : parts(field, cell, taker)) {
            Object value = one(field, part, taker);
            if (value != null) {
                values.add(value);
            }
        }
        return values.isEmpty() ? null : new ArrayList<>(values);
    }

    /** Names may hold the mark between values themselves, so the whole is tried first. */
    private List<?> parts(LedgerType.Field field, Object cell, Taker taker) {
        if (cell instanceof Collection<?> all) {
            return new ArrayList<>(all);
        }
        String whole = text(cell, taker).strip();
        List<String> parts = new ArrayList<>();
        for (String part : BETWEEN.split(whole)) {
            String each = part.strip();
            if (each.isEmpty()) {
                continue;
            }
            if (each.indexOf('、') < 0 || known(field, each)) {
                parts.add(each);
            } else {
                for (String small : BETWEEN_NAMES.split(each)) {
                    if (!small.isBlank()) {
                        parts.add(small.strip());
                    }
                }
            }
        }
        return parts;
    }

    private boolean known(LedgerType.Field field, String text) {
        Names names =
                switch (field.type()) {
                    case CODE -> codes.get(field.id());
                    case ORGANISATION -> bodies;
                    case DIVISION -> divisions;
                    case PERSON -> people;
                    default -> null;
                };
        return names != null && !names.find(text).isEmpty();
    }

    private @Nullable Object one(LedgerType.Field field, Object cell, Taker taker) {
        return switch (field.type()) {
            case TEXT -> text(cell, taker);
            case NUMBER -> number(field, cell, taker);
            case DATE -> date(cell, taker);
            case BOOLEAN -> truth(cell, taker);
            case CODE -> code(field, codes.getOrDefault(field.id(), new Names()), cell, taker);
            case ORGANISATION ->
                    one(bodies, text(cell, taker), "intake.organisationUnknown", taker);
            case DIVISION -> one(divisions, text(cell, taker), "intake.divisionUnknown", taker);
            case PERSON -> one(people, text(cell, taker), "intake.personUnknown", taker);
            case REFERENCE -> text(cell, taker).strip();
            case GEOMETRY -> geometry(cell, taker);
            case FILE -> null;
        };
    }

    private static String plain(Object cell) {
        return switch (cell) {
            case String text -> text;
            case BigDecimal number -> number.toPlainString();
            case Map<?, ?> map -> JSON.writeValueAsString(map);
            case Collection<?> all -> JSON.writeValueAsString(all);
            default -> cell.toString();
        };
    }

    /** Text without what exports and web pages add to it. */
    private String text(Object cell, Taker taker) {
        String text = plain(cell);
        if (text.length() > 1
                && text.charAt(0) == '\''
                && "=+-@\t\r".indexOf(text.charAt(1)) >= 0) {
            text = text.substring(1);
        }
        if (decode && text.indexOf('&') >= 0 && ENTITY.matcher(text).find()) {
            String decoded = HtmlUtils.htmlUnescape(text);
            if (!decoded.equals(text)) {
                taker.take("intake.entities", false, shown(text), shown(decoded));
            }
            return decoded;
        }
        return text;
    }

    /** A text with its full-width digits, letters and signs as ASCII. */
    private static String folded(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return Normalizer.normalize(text, Normalizer.Form.NFKC).strip();
            }
        }
        return text.strip();
    }

    private @Nullable Object number(LedgerType.Field field, Object cell, Taker taker) {
        if (cell instanceof Number number) {
            return number instanceof BigDecimal decimal ? NumberText.number(decimal) : number;
        }
        String text = folded(text(cell, taker));
        if (text.isEmpty()) {
            return null;
        }
        Number number =
                field.unit() == null
                        ? NumberText.read(text)
                        : NumberText.read(text, field.unit().zh(), field.unit().en());
        if (number == null) {
            taker.take(
                    text.endsWith("%") ? "intake.percent" : "intake.noNumber", true, shown(text));
        }
        return number;
    }

    private @Nullable Object date(Object cell, Taker taker) {
        String text = folded(text(cell, taker));
        if (text.isEmpty()) {
            return null;
        }
        DateText.Read read = DateText.read(text);
        if (read.code() != null) {
            taker.take(read.code(), read.day() == null, shown(text));
        }
        return read.day();
    }

    private @Nullable Object truth(Object cell, Taker taker) {
        if (cell instanceof Boolean) {
            return cell;
        }
        String text = folded(text(cell, taker)).toLowerCase(Locale.ROOT);
        if (text.isEmpty()) {
            return null;
        }
        if (YES.contains(text)) {
            return true;
        }
        if (NO.contains(text)) {
            return false;
        }
        taker.take("intake.noTruth", true, shown(text));
        return null;
    }

    private @Nullable String code(LedgerType.Field field, Names names, Object cell, Taker taker) {
        String text = text(cell, taker).strip();
        if (text.isEmpty()) {
            return null;
        }
        List<String> found = names.find(text);
        if (found.size() == 1) {
            return found.getFirst();
        }
        if (found.isEmpty()) {
            // The ledger's own check names the codes that there are.
            return field.allCodes().isEmpty() ? null : text;
        }
        taker.take("intake.ambiguous", true, shown(text), some(found));
        return null;
    }

    private static @Nullable String one(Names names, String given, String unknown, Taker taker) {
        String text = given.strip();
        if (text.isEmpty()) {
            return null;
        }
        List<String> found = names.find(text);
        if (found.size() == 1) {
            return found.getFirst();
        }
        if (found.isEmpty()) {
            taker.take(unknown, true, shown(text));
        } else {
            taker.take("intake.ambiguous", true, shown(text), some(found));
        }
        return null;
    }

    private @Nullable Object geometry(Object cell, Taker taker) {
        if (cell instanceof Map<?, ?>) {
            return cell;
        }
        String text = folded(text(cell, taker));
        if (text.isEmpty() || !text.startsWith("{")) {
            return text.isEmpty() ? null : text;
        }
        try {
            return JSON.readValue(text, Map.class);
        } catch (JacksonException e) {
            taker.take("intake.noGeometry", true, shown(text));
            return null;
        }
    }

    static String some(Collection<String> values) {
        return String.join(", ", values.stream().limit(MOST_NAMED).toList())
                + (values.size() > MOST_NAMED ? " …" : "");
    }

    static String shown(String text) {
        return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
    }
}
