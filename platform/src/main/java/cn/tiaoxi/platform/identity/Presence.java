package cn.tiaoxi.platform.identity;

import jakarta.servlet.http.HttpServletRequest;
import java.util.function.BooleanSupplier;
import org.springframework.stereotype.Component;

/** Whether somebody is still there whose answer goes on for long. */
@Component
public class Presence {
    private final Sessions sessions;
    private final People people;

    Presence(Sessions sessions, People people) {
        this.sessions = sessions;
        this.people = people;
    }

    /**
     * Says, as often as it is asked, whether who made the request is still signed in and has the
     * permission. Asking does not keep the session open.
     */
    public BooleanSupplier of(HttpServletRequest request, String permission) {
        String token = SessionCookie.token(request);
        return () ->
                token != null
                        && sessions.peek(token)
                                .flatMap(people::actor)
                                .filter(actor -> actor.may(permission))
                                .isPresent();
    }
}
