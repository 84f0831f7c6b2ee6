package cn.tiaoxi.platform.ledger.web;

import cn.tiaoxi.platform.border.ProblemDetails;
import cn.tiaoxi.platform.border.Versions;
import cn.tiaoxi.platform.identity.Access;
import cn.tiaoxi.platform.identity.Permission;
import cn.tiaoxi.platform.ledger.Author;
import cn.tiaoxi.platform.ledger.Consequences;
import cn.tiaoxi.platform.ledger.TypeChanges;
import cn.tiaoxi.platform.ledger.TypeVersion;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Versions of types: to read, to compare, to try and to put in force. */
@RestController
@RequestMapping("/api/v1/ledgers/{type}/type-versions")
class TypeVersionController {
    private final TypeChanges changes;
    private final Access access;
    private final ProblemDetails problems;

    TypeVersionController(TypeChanges changes, Access access, ProblemDetails problems) {
        this.changes = changes;
        this.access = access;
        this.problems = problems;
    }

    /** A version in a list. */
    record VersionView(
            int version,
            TypeVersion.Origin origin,
            TypeVersion.State state,
            String author,
            @Nullable String reason,
            Instant created,
            @Nullable Instant activated,
            boolean inspected,
            String sha256) {
        static VersionView of(TypeVersion each) {
            return new VersionView(
                    each.version(),
                    each.origin(),
                    each.state(),
                    each.author().shown(),
                    each.reason(),
                    each.created(),
                    each.activated(),
                    each.inspected(),
                    each.sha256());
        }
    }

    /** A version with its text. */
    record Whole(VersionView version, String yaml) {}

    /** A text to try. */
    record Text(@NotNull @Size(max = 400_000) String yaml) {}

    /** A text to put in force, and why. */
    record Wish(
            @NotBlank @Size(max = 400_000) String yaml,
            @NotBlank @Size(max = 1000) String reason) {}

    /** What is wrong at a place. */
    record Problem(int line, int column, String message) {}

    /** An entry that would have a wrong value. */
    record Example(String id, String code, String title, String message) {}

    /** What a text would do to the entries. */
    record Effects(
            long entries,
            long looked,
            boolean harmless,
            Map<String, Long> lostFields,
            Map<String, Long> lostStates,
            long invalid,
            List<Example> examples,
            long standardisedBefore,
            long standardisedAfter) {}

    /** What is wrong with a text and what it would do. */
    record Trial(List<Problem> errors, Effects consequences) {}

    /** The version that came into force. */
    record Activated(int version) {}

    @GetMapping
    @Permission("ledger:read")
    List<VersionView> versions(@PathVariable String type) {
        return changes.versions(type).stream().map(VersionView::of).toList();
    }

    @GetMapping("/{version}")
    @Permission("ledger:read")
    Whole version(@PathVariable String type, @PathVariable int version) {
        TypeVersion found = changes.version(type, version);
        return new Whole(VersionView.of(found), found.yaml());
    }

    @PostMapping("/check")
    @Permission("ledger:type")
    Trial check(@PathVariable String type, @Valid @RequestBody Text text, Locale locale) {
        TypeChanges.Trial trial = changes.check(type, text.yaml());
        return new Trial(
                trial.problems().stream()
                        .map(p -> new Problem(p.line(), p.column(), p.message().in(locale)))
                        .toList(),
                effects(trial.consequences(), locale));
    }

    private Effects effects(Consequences of, Locale locale) {
        return new Effects(
                of.entries(),
                of.looked(),
                of.harmless(),
                of.lostFields(),
                of.lostStates(),
                of.invalid(),
                of.examples().stream()
                        .map(
                                e ->
                                        new Example(
                                                e.id(),
                                                e.code(),
                                                e.title(),
                                                e.error().field()
                                                        + ": "
                                                        + problems.message(e.error(), locale)))
                        .toList(),
                of.standardisedBefore(),
                of.standardisedAfter());
    }

    @PostMapping
    @Permission("ledger:type")
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<Activated> activate(
            @PathVariable String type,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @Valid @RequestBody Wish wish) {
        int version =
                changes.activate(
                        type,
                        wish.yaml(),
                        (int) Versions.required(ifMatch),
                        Author.of(access.actor()),
                        wish.reason());
        return ResponseEntity.status(HttpStatus.CREATED)
                .eTag("\"" + version + "\"")
                .body(new Activated(version));
    }
}
