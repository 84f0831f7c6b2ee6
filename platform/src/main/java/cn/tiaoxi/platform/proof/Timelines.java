package cn.tiaoxi.platform.proof;

import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.evidence.Logs;
import cn.tiaoxi.platform.identity.Actor;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Everything that happened with one thing or person, to those who may know. */
@Service
public class Timelines {
    private static final int LONGEST = 200;

    private final TimelineStore store;
    private final Logs logs;

    Timelines(TimelineStore store, Logs logs) {
        this.store = store;
        this.logs = logs;
    }

    /** What a timeline can be about. */
    public enum Kind {
        /** What a person did, and what was done to the account. */
        PERSON,
        /** Changes of an application, its requests and grants, and its calls. */
        APPLICATION,
        /** Changes of a dataset, requests for it, and calls on it. */
        DATASET,
        /** How a grant came about and was used. */
        GRANT;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What a timeline is about.
     *
     * @param id user name of a person, identifier of any other
     */
    public record About(Kind kind, String id) {

        /**
         * Reads {@code kind:identifier}.
         *
         * @throws ProofException if it is not of that form, or of another kind
         */
        public static About parse(String text) {
            int colon = text.indexOf(':');
            String id = text.substring(colon + 1).strip();
            Optional<Kind> kind =
                    Arrays.stream(Kind.values())
                            .filter(k -> k.word().equals(text.substring(0, Math.max(colon, 0))))
                            .findFirst();
            if (kind.isEmpty() || id.isEmpty() || id.length() > LONGEST) {
                throw ProofException.aboutUnknown(text);
            }
            return new About(kind.get(), id);
        }

        /** The thing as records name it. */
        public String object() {
            return kind.word() + ":" + id;
        }
    }

    /**
     * A part of a timeline, the newest first. How long it is in all is not counted: calls may be
     * millions.
     *
     * @param kinds CHANGE, CALL or FINDING; empty for all
     * @param from earliest time, inclusive
     * @param until latest time, exclusive
     */
    public Page<Happening> about(
            Actor actor,
            About about,
            List<String> kinds,
            @Nullable Instant from,
            @Nullable Instant until,
            Slice slice) {
        return store.about(about, kinds, actor.reach(Proofs.READ), from, until, slice)
                .map(h -> h.origin().isEmpty() ? h.in(logs.own()) : h);
    }
}
