package cn.tiaoxi.platform.superior.web;

import cn.tiaoxi.contract.RequestParts;
import cn.tiaoxi.contract.Wire;
import cn.tiaoxi.platform.border.BorderException;
import cn.tiaoxi.platform.identity.OpenToAll;
import cn.tiaoxi.platform.superior.Entrance;
import cn.tiaoxi.platform.superior.Inbox;
import cn.tiaoxi.platform.superior.Protocol;
import cn.tiaoxi.platform.superior.SentOrders;
import cn.tiaoxi.platform.superior.Subordinates;
import cn.tiaoxi.platform.superior.SuperiorException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What platforms below say to this one; described in {@code docs/reference/upper-level.md}. */
@RestController
@RequestMapping("/upper/v1")
class UpperController {
    private static final int LONGEST_WAIT = 25;
    private static final byte[] NOTHING = {};

    private final Entrance entrance;
    private final Subordinates subordinates;
    private final Inbox inbox;
    private final SentOrders orders;

    UpperController(Entrance entrance, Subordinates subordinates, Inbox inbox, SentOrders orders) {
        this.entrance = entrance;
        this.subordinates = subordinates;
        this.inbox = inbox;
        this.orders = orders;
    }

    /** Takes a platform's keys against the code it was given. */
    @PostMapping("/enrolment")
    @OpenToAll(because = "the message proves that its sender knows an enrolment code")
    Protocol.Enrolled enrol(HttpServletRequest request) throws IOException {
        try {
            return subordinates.enrol(Wire.read(body(request), Protocol.Enrolment.class));
        } catch (IllegalArgumentException e) {
            throw BorderException.invalid("", "superior.enrolment");
        }
    }

    /** Takes reports; answers how far they are stored. */
    @PostMapping("/reports")
    @OpenToAll(because = "messages of platforms below are signed")
    ResponseEntity<byte[]> reports(HttpServletRequest request) throws IOException {
        byte[] body = body(request);
        Entrance.Known known = entrance.check(parts(request), body);
        return signed(known, inbox.take(known.who().id(), body));
    }

    /** The orders after a number; waits up to 25 seconds for one. */
    @GetMapping("/orders")
    @OpenToAll(because = "messages of platforms below are signed")
    ResponseEntity<byte[]> orders(
            @RequestParam(defaultValue = "0") long after,
            @RequestParam(defaultValue = "0") int wait,
            HttpServletRequest request)
            throws InterruptedException {
        Entrance.Known known = entrance.check(parts(request), NOTHING);
        Duration patience = Duration.ofSeconds(Math.clamp(wait, 0, LONGEST_WAIT));
        return signed(known, orders.after(known.who().id(), after, patience));
    }

    private static byte[] body(HttpServletRequest request) throws IOException {
        byte[] body = request.getInputStream().readNBytes(Protocol.MOST_BYTES + 1);
        if (body.length > Protocol.MOST_BYTES) {
            throw SuperiorException.tooLarge(Protocol.MOST_BYTES);
        }
        return body;
    }

    private static RequestParts parts(HttpServletRequest request) {
        String query = request.getQueryString();
        return new RequestParts(
                request.getMethod(),
                request.getScheme(),
                String.valueOf(request.getHeader(HttpHeaders.HOST)),
                request.getRequestURI(),
                query == null ? "?" : "?" + query,
                name -> {
                    var values = Collections.list(request.getHeaders(name));
                    return values.isEmpty() ? null : String.join(", ", values);
                });
    }

    private ResponseEntity<byte[]> signed(Entrance.Known known, Object answer) {
        byte[] body = Wire.JSON.writeValueAsBytes(answer);
        ResponseEntity.BodyBuilder made =
                ResponseEntity.ok()
                        .contentType(MediaType.APPLICATION_JSON)
                        .header(HttpHeaders.CACHE_CONTROL, "no-store, no-transform");
        entrance.sign(known, body).forEach(made::header);
        return made.body(body);
    }
}
