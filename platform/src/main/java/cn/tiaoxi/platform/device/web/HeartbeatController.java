package cn.tiaoxi.platform.device.web;

import cn.tiaoxi.platform.device.DeviceException;
import cn.tiaoxi.platform.device.Heartbeats;
import cn.tiaoxi.platform.device.Receipt;
import cn.tiaoxi.platform.device.Refusal;
import cn.tiaoxi.platform.identity.OpenToAll;
import io.swagger.v3.oas.annotations.Parameter;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** What machines report. */
@RestController
class HeartbeatController {
    private static final String BEARER = "Bearer ";

    private final Heartbeats heartbeats;
    private final MessageSource messages;

    HeartbeatController(Heartbeats heartbeats, MessageSource messages) {
        this.heartbeats = heartbeats;
        this.messages = messages;
    }

    /** A row that was not taken, in an answer. */
    record RefusedView(int row, String code, Refusal reason, String message) {}

    /** What became of the rows. */
    record ReceiptView(int accepted, int refused, List<RefusedView> rows) {}

    /**
     * Takes a heartbeat, or a list of up to 10,000. The answer comes when the accepted rows are
     * durable, and names each row that was not taken.
     */
    @PostMapping(path = "/api/v1/devices/heartbeats", consumes = MediaType.APPLICATION_JSON_VALUE)
    @OpenToAll(because = "gateways of devices show a token of their own")
    ReceiptView report(
            @RequestHeader(name = "Authorization", required = false) @Nullable String header,
            @Parameter(hidden = true) HttpServletRequest request,
            Locale locale)
            throws IOException {
        if (header == null || !header.startsWith(BEARER)) {
            throw DeviceException.reporterTokenWrong();
        }
        String token = header.substring(BEARER.length()).strip();
        Receipt receipt = heartbeats.report(token, () -> body(request));
        return new ReceiptView(
                receipt.accepted(),
                receipt.refused().size(),
                receipt.refused().stream()
                        .map(
                                r ->
                                        new RefusedView(
                                                r.row(),
                                                r.code(),
                                                r.reason(),
                                                text(r.reason(), locale)))
                        .toList());
    }

    private static byte[] body(HttpServletRequest request) throws IOException {
        try (InputStream in = request.getInputStream()) {
            return in.readNBytes(Heartbeats.MOST_BYTES + 1);
        }
    }

    private String text(Refusal reason, Locale locale) {
        return String.valueOf(messages.getMessage(reason.key(), null, reason.name(), locale));
    }
}
