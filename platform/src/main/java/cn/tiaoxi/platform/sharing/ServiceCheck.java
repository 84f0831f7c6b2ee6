package cn.tiaoxi.platform.sharing;

import static cn.tiaoxi.platform.sharing.NewService.given;

import cn.tiaoxi.contract.HttpUpstream;
import cn.tiaoxi.contract.HttpUpstream.Format;
import cn.tiaoxi.contract.HttpUpstream.Method;
import cn.tiaoxi.contract.HttpUpstream.Parameter;
import cn.tiaoxi.contract.HttpUpstream.Place;
import cn.tiaoxi.platform.border.BorderException;
import cn.tiaoxi.platform.border.Characters;
import cn.tiaoxi.platform.border.FieldError;
import cn.tiaoxi.platform.sharing.NewService.NewCredential;
import cn.tiaoxi.platform.sharing.NewService.NewParameter;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks a service that is to be registered, each part for itself, so that a form can say where.
 */
final class ServiceCheck {
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_FIELD = 160;
    private static final int LONGEST_SECRET = 2_000;
    private static final int MOST_FIELDS = 300;
    private static final int MOST_PARAMETERS = 50;

    private final NewService wanted;
    private final List<FieldError> errors = new ArrayList<>();

    private ServiceCheck(NewService wanted) {
        this.wanted = wanted;
    }

    /**
     * The service's address, once all else is right too.
     *
     * @throws BorderException that says what is wrong, field by field
     */
    static URI check(NewService wanted) {
        ServiceCheck check = new ServiceCheck(wanted);
        Texts.check(check.errors, "name", wanted.name(), 1, LONGEST_NAME);
        URI address = check.address();
        check.path();
        check.parameters();
        check.limits();
        check.answer();
        check.fields();
        check.credential();
        if (!check.errors.isEmpty() || address == null) {
            throw BorderException.invalid(check.errors);
        }
        return address;
    }

    private void wrong(String field, String code, Object... arguments) {
        errors.add(new FieldError(field, code, arguments));
    }

    /** Makes a part, or notes that it cannot be made. */
    private void possible(String field, String code, Runnable part) {
        try {
            part.run();
        } catch (IllegalArgumentException e) {
            wrong(field, code);
        }
    }

    private @Nullable URI address() {
        String text = wanted.address() == null ? "" : wanted.address().strip();
        try {
            URI address = URI.create(text.replaceAll("/+$", ""));
            if (HttpUpstream.isAddress(address)) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            // Said below, like an address of another kind.
        }
        wrong("address", "sharing.service.address");
        return null;
    }

    private void path() {
        String path = wanted.path() == null ? "" : wanted.path().strip();
        if (!HttpUpstream.isPath(path)) {
            wrong("path", "sharing.service.path");
            return;
        }
        Set<String> named = new HashSet<>();
        for (NewParameter each : given(wanted.parameters())) {
            if (each.place() == Place.PATH && each.name() != null) {
                named.add(each.name().strip());
            }
        }
        if (!named.equals(HttpUpstream.placeholders(path))) {
            wrong("path", "sharing.service.pathParameters");
        }
    }

    private void parameters() {
        List<NewParameter> parameters = given(wanted.parameters());
        if (parameters.size() > MOST_PARAMETERS) {
            wrong("parameters", "sharing.service.many", MOST_PARAMETERS);
            return;
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; i < parameters.size(); i++) {
            NewParameter each = parameters.get(i);
            String field = "parameters[" + i + "]";
            try {
                Parameter made = each.made();
                if (!names.add(made.name())) {
                    wrong(field + ".name", "sharing.service.twice", made.name());
                }
                if (made.place() == Place.BODY && wanted.method() != Method.POST) {
                    wrong(field + ".place", "sharing.service.body");
                }
            } catch (java.util.regex.PatternSyntaxException e) {
                wrong(field + ".pattern", "sharing.service.pattern");
            } catch (IllegalArgumentException e) {
                wrong(field + ".name", "sharing.service.parameter");
            }
        }
    }

    private void limits() {
        var times = wanted.times();
        if (times != null) {
            possible("times", "sharing.service.times", times::made);
        }
        var probe = wanted.probe();
        if (probe != null) {
            possible("probe", "sharing.service.probe", probe::made);
        }
        var breaker = wanted.breaker();
        if (breaker != null) {
            possible("breaker", "sharing.service.breaker", breaker::made);
        }
        Integer tries = wanted.tries();
        if (tries != null
                && (tries < 1 || tries > 5 || tries > 1 && wanted.method() == Method.POST)) {
            wrong("tries", "sharing.service.tries");
        }
        Integer connections = wanted.connections();
        if (connections != null && (connections < 1 || connections > 1_000)) {
            wrong("connections", "sharing.positive", 1_000);
        }
        Long bytes = wanted.mostBytes();
        if (bytes != null && (bytes < 1 || bytes > HttpUpstream.LARGEST)) {
            wrong("mostBytes", "sharing.positive", HttpUpstream.LARGEST);
        }
    }

    private void answer() {
        String records = wanted.records() == null ? "" : wanted.records().strip();
        if (!isPointer(records) || !records.isEmpty() && wanted.format() == Format.CSV) {
            wrong("records", "sharing.service.pointer");
        }
        for (String pointer : given(wanted.around())) {
            if (pointer.isEmpty() || !isPointer(pointer)) {
                wrong("around", "sharing.service.pointer");
            }
        }
    }

    private static boolean isPointer(String text) {
        return text.isEmpty()
                || text.startsWith("/") && text.length() <= 500 && !Characters.hasHidden(text, "");
    }

    private void fields() {
        List<ServedField> fields = given(wanted.fields());
        if (fields.isEmpty()) {
            wrong("fields", "sharing.fieldsMissing");
        } else if (fields.size() > MOST_FIELDS) {
            wrong("fields", "sharing.service.many", MOST_FIELDS);
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; i < fields.size(); i++) {
            ServedField each = fields.get(i);
            String field = "fields[" + i + "]";
            Texts.check(errors, field + ".name", each.name(), 1, LONGEST_FIELD);
            Texts.check(errors, field + ".label", each.label(), 1, LONGEST_NAME);
            Texts.check(errors, field + ".description", each.description(), 0, 500);
            if (each.name() != null && !names.add(each.name())) {
                wrong(field + ".name", "sharing.service.twice", each.name());
            }
            if (each.grade() == null) {
                wrong(field + ".grade", "sharing.service.grade");
            }
            if (each.type() == null) {
                wrong(field + ".type", "border.required");
            }
            boolean comma = each.name() != null && each.name().indexOf(',') >= 0;
            boolean pointer = each.name() != null && each.name().startsWith("/");
            if (comma || pointer && wanted.format() == Format.CSV) {
                wrong(field + ".name", "sharing.service.fieldName");
            }
        }
    }

    private void credential() {
        NewCredential credential = wanted.credential();
        if (credential == null || credential.header() == null || credential.header().isBlank()) {
            return;
        }
        if (!HttpUpstream.isHeader(credential.header().strip())) {
            wrong("credential.header", "sharing.service.header");
        }
        String secret = credential.secret();
        if (secret != null
                && (secret.isBlank()
                        || secret.length() > LONGEST_SECRET
                        || !secret.chars().allMatch(c -> c >= ' ' && c < 0x7f))) {
            wrong("credential.secret", "sharing.service.secret");
        }
    }
}
