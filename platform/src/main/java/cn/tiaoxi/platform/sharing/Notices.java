package cn.tiaoxi.platform.sharing;

import cn.tiaoxi.platform.border.Words;
import cn.tiaoxi.platform.city.City;
import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.flow.FlowTask;
import cn.tiaoxi.platform.flow.TaskAssigned;
import cn.tiaoxi.platform.flow.TaskEscalated;
import cn.tiaoxi.platform.flow.TaskReminded;
import cn.tiaoxi.platform.identity.People;
import cn.tiaoxi.platform.workbench.Messages;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Tells people what concerns them about requests and grants, in the transaction of the change.
 * Nobody is told to decide on a request of their own.
 */
@Component
class Notices {
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
    private static final Words NO_DEADLINE = new Words("不限", "none");
    private static final Words NOTHING = new Words("", "");
    private static final String SUSPENDED = "sharing.message.suspended.title";

    private final Messages messages;
    private final MessageSource texts;
    private final RequestStore requests;
    private final People people;
    private final Organisations organisations;
    private final City city;
    private final Clock clock;

    Notices(
            Messages messages,
            MessageSource texts,
            RequestStore requests,
            People people,
            Organisations organisations,
            City city,
            Clock clock) {
        this.messages = messages;
        this.texts = texts;
        this.requests = requests;
        this.people = people;
        this.organisations = organisations;
        this.city = city;
        this.clock = clock;
    }

    /** A request waits for its owner's approvers, or, returned, for its applicant. */
    @EventListener
    void assigned(TaskAssigned event) {
        FlowTask task = event.task();
        switch (task.kind()) {
            case Requests.DECIDE -> toDecide(event.people(), task, "waits", task.id());
            case Requests.MEND -> requestOf(task).ifPresent(r -> returned(r, task.id()));
            default -> {}
        }
    }

    /** Reminders of one task come on different days; what was missed meanwhile is told once. */
    @EventListener
    void reminded(TaskReminded event) {
        if (event.task().kind().equals(Requests.DECIDE)) {
            String day = clock.instant().atZone(city.zone()).toLocalDate().toString();
            toDecide(event.people(), event.task(), "near", event.task().id() + ":" + day);
        }
    }

    /** A task escalates at its deadline, or at once where its organisation has no approver. */
    @EventListener
    void escalated(TaskEscalated event) {
        FlowTask task = event.task();
        if (task.kind().equals(Requests.DECIDE)) {
            Instant due = task.due();
            boolean passed = due != null && !clock.instant().isBefore(due);
            toDecide(event.people(), task, passed ? "passed" : "unattended", task.id());
        }
    }

    private void toDecide(Set<String> people, FlowTask task, String what, String key) {
        requestOf(task)
                .ifPresent(
                        request -> {
                            Letter letter = letter(what, request, task.due(), purpose(request));
                            people.stream()
                                    .filter(p -> !p.equals(request.applicant()))
                                    .forEach(p -> letter.send(p, key, page(request)));
                        });
    }

    private Optional<Request> requestOf(FlowTask task) {
        return requests.find(task.subject().substring(Request.subject("").length()));
    }

    private static Words purpose(Request request) {
        String purpose = request.body().purpose();
        return new Words(purpose, purpose);
    }

    private static String page(Request request) {
        return "/requests/" + request.id();
    }

    private void returned(Request request, String task) {
        letter("returned", request, null, reason(request))
                .send(request.applicant(), task, page(request));
    }

    /** Tells the applicant that the request was approved or refused, by a person or by rules. */
    void decided(Request request) {
        String what = request.state() == Request.State.APPROVED ? "approved" : "refused";
        letter(what, request, null, reason(request))
                .send(request.applicant(), request.id(), page(request));
    }

    private static Words reason(Request request) {
        Request.Decision decision = request.decision();
        return decision == null ? NOTHING : decision.reason();
    }

    /** Tells who asked for a grant that it was taken back; nobody asked for one for trial calls. */
    void revoked(Grant grant, String reason) {
        Optional.ofNullable(grant.request())
                .flatMap(requests::find)
                .ifPresent(
                        r ->
                                letter("revoked", r, null, new Words(reason, reason))
                                        .send(r.applicant(), grant.id(), "/grants/" + grant.id()));
    }

    /** Tells who asked for a grant that it is in force again. */
    void restored(Grant grant, String reason) {
        Optional.ofNullable(grant.request())
                .flatMap(requests::find)
                .ifPresent(
                        r ->
                                letter("restored", r, null, new Words(reason, reason))
                                        .send(
                                                r.applicant(),
                                                grant.id() + ":" + clock.instant(),
                                                "/grants/" + grant.id()));
    }

    /** Tells those who manage an application's organisation that it may not call any more. */
    void suspended(Application application, Words reason, String loss) {
        Object[] named = {application.name()};
        Words title =
                new Words(
                        texts.getMessage(SUSPENDED, named, Locale.SIMPLIFIED_CHINESE),
                        texts.getMessage(SUSPENDED, named, Locale.ENGLISH));
        people.holders("application:manage", application.organisation())
                .forEach(
                        p ->
                                messages.send(
                                        p,
                                        "sharing.suspended:" + application.id() + ":" + loss,
                                        title,
                                        reason,
                                        "/applications/" + application.id()));
    }

    /** A message before it is addressed. */
    private final class Letter {
        private final String what;
        private final Words title;
        private final Words text;

        private Letter(String what, Words title, Words text) {
            this.what = what;
            this.title = title;
            this.text = text;
        }

        /**
         * @param about tells messages of this sort apart
         */
        private void send(String username, String about, String link) {
            messages.send(username, "sharing." + what + ":" + about, title, text, link);
        }
    }

    private Letter letter(String what, Request request, @Nullable Instant due, Words said) {
        String key = "sharing.message." + what;
        return new Letter(
                what,
                words(key + ".title", request, due, said),
                words(key + ".text", request, due, said));
    }

    private Words words(String key, Request request, @Nullable Instant due, Words said) {
        return new Words(
                text(Locale.SIMPLIFIED_CHINESE, key, request, due, said),
                text(Locale.ENGLISH, key, request, due, said));
    }

    private String text(
            Locale language, String key, Request request, @Nullable Instant due, Words said) {
        Object[] named = {
            request.number(),
            request.datasetTitle(),
            organisation(request.organisation(), language),
            organisation(request.owner(), language),
            due == null ? NO_DEADLINE.in(language) : MINUTE.format(due.atZone(city.zone())),
            said.in(language)
        };
        return texts.getMessage(key, named, language);
    }

    private String organisation(String code, Locale language) {
        return organisations.find(code).map(o -> o.name().in(language)).orElse(code);
    }
}
