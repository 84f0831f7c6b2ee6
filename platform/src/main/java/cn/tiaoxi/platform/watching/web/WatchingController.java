package cn.tiaoxi.platform.watching.web;

import cn.tiaoxi.contract.GatewayFigures;
import cn.tiaoxi.platform.identity.OpenToAll;
import cn.tiaoxi.platform.identity.Permission;
import cn.tiaoxi.platform.identity.Presence;
import cn.tiaoxi.platform.sharing.Gateways;
import cn.tiaoxi.platform.sharing.SharingException;
import cn.tiaoxi.platform.watching.LiveFigures;
import cn.tiaoxi.platform.watching.Watchers;
import cn.tiaoxi.platform.watching.Window;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Figures from gateways, and live ones for people. */
@RestController
class WatchingController {
    private static final String READ = "gateway:read";
    private static final String BEARER = "Bearer ";

    private final Gateways gateways;
    private final LiveFigures figures;
    private final Watchers watchers;
    private final Presence presence;

    WatchingController(
            Gateways gateways, LiveFigures figures, Watchers watchers, Presence presence) {
        this.gateways = gateways;
        this.figures = figures;
        this.watchers = watchers;
        this.presence = presence;
    }

    /** Takes what went through a gateway, and answers how often that is wanted. */
    @PostMapping("/gateway-control/v1/figures")
    @OpenToAll(because = "gateways show a token of their own")
    GatewayFigures.Wish figures(
            @RequestBody GatewayFigures told,
            @RequestHeader(name = "Authorization", required = false) @Nullable String token) {
        if (token == null
                || !token.startsWith(BEARER)
                || !gateways.knows(token.substring(BEARER.length()).strip())) {
            throw SharingException.gatewayTokenWrong();
        }
        figures.heard(told);
        return watchers.wish();
    }

    /** What goes through the gateways, as events, one a second. */
    @GetMapping(path = "/api/v1/gateways/live", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Permission(READ)
    ResponseEntity<SseEmitter> live(
            @RequestParam(defaultValue = "5") int minutes,
            @RequestHeader(name = "Last-Event-ID", defaultValue = "") String lastEvent,
            HttpServletRequest request) {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .header("X-Accel-Buffering", "no")
                .body(watchers.open(Window.of(minutes), lastEvent, presence.of(request, READ)));
    }
}
