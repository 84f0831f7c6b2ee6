package cn.tiaoxi.platform.device.web;

import cn.tiaoxi.platform.border.BorderException;
import cn.tiaoxi.platform.border.Export;
import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.device.Borders;
import cn.tiaoxi.platform.device.Device;
import cn.tiaoxi.platform.device.DeviceFilter;
import cn.tiaoxi.platform.device.DeviceKinds;
import cn.tiaoxi.platform.device.DeviceMap;
import cn.tiaoxi.platform.device.Devices;
import cn.tiaoxi.platform.device.OnlineRates;
import cn.tiaoxi.platform.device.Outage;
import cn.tiaoxi.platform.identity.Access;
import cn.tiaoxi.platform.identity.Permission;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Sensing devices: the list, the map, and how they fare. */
@RestController
@RequestMapping("/api/v1/devices")
class DeviceController {
    private static final String READ = "device:read";
    private static final double MOST_ZOOM = 22;
    private static final int RATE_DAYS = 30;
    private static final int MOST_DAYS = 366;

    private final Devices devices;
    private final DeviceKinds kinds;
    private final OnlineRates rates;
    private final Borders borders;
    private final DeviceQuery query;
    private final Organisations organisations;
    private final Access access;
    private final MessageSource messages;

    DeviceController(
            Devices devices,
            DeviceKinds kinds,
            OnlineRates rates,
            Borders borders,
            DeviceQuery query,
            Organisations organisations,
            Access access,
            MessageSource messages) {
        this.devices = devices;
        this.kinds = kinds;
        this.rates = rates;
        this.borders = borders;
        this.query = query;
        this.organisations = organisations;
        this.access = access;
        this.messages = messages;
    }

    /** A kind in an answer. */
    record KindView(String code, String name, long offlineAfterSeconds) {}

    /** A part of the map in an answer. */
    record MapView(
            List<DeviceMap.Cluster> clusters,
            List<DeviceView> devices,
            long total,
            long unplaced) {}

    /** A device alone, with the share of the last days in which it was heard. */
    record DeviceDetail(
            DeviceView device, long offlineAfterSeconds, int rateDays, @Nullable Double rate) {}

    /** A rate in an answer. */
    record RateView(String key, String name, long devices, @Nullable Double rate) {}

    /** Rates from several sides, and how many devices are in each state now. */
    record RatesView(
            Map<Device.State, Long> states,
            RateView whole,
            List<RateView> days,
            List<RateView> kinds,
            List<RateView> organisations,
            List<RateView> divisions) {}

    @GetMapping
    @Permission(READ)
    @Nullable Page<DeviceView> list(
            @ModelAttribute DeviceQuery.Asked asked, Slice slice, Export export) {
        DeviceFilter filter = query.filter(asked);
        return export.answer(
                "device.devices",
                slice,
                part -> devices.list(filter, part).map(this::view),
                List.of(
                        new Export.Column<>("device.column.code", DeviceView::code),
                        new Export.Column<>("device.column.title", DeviceView::title),
                        new Export.Column<>("device.column.kind", v -> v.kind().name()),
                        new Export.Column<>(
                                "device.column.organisation", v -> v.organisation().name()),
                        new Export.Column<>("device.column.division", v -> v.division().name()),
                        new Export.Column<>("device.column.state", DeviceView::stateName),
                        new Export.Column<>("device.column.lastSeen", DeviceView::lastSeen),
                        new Export.Column<>("device.column.lon", DeviceView::lon),
                        new Export.Column<>("device.column.lat", DeviceView::lat),
                        new Export.Column<>("device.column.battery", DeviceView::battery),
                        new Export.Column<>("device.column.signal", DeviceView::signal)));
    }

    @GetMapping("/kinds")
    @Permission(READ)
    Map<String, List<KindView>> kinds() {
        return Map.of(
                "items",
                kinds.all().stream()
                        .map(
                                k ->
                                        new KindView(
                                                k.code(),
                                                k.name().shown(),
                                                k.offlineAfter().toSeconds()))
                        .toList());
    }

    /** What stands within a box: {@code bbox} is west, south, east, north in degrees. */
    @GetMapping("/map")
    @Permission(READ)
    MapView map(
            @ModelAttribute DeviceQuery.Asked asked,
            @RequestParam(defaultValue = "10") double zoom) {
        DeviceFilter filter = query.filter(asked);
        DeviceFilter.Box box = filter.box();
        if (box == null) {
            throw BorderException.invalid("bbox", "device.bboxWrong");
        }
        if (!(zoom >= 0 && zoom <= MOST_ZOOM)) {
            throw BorderException.invalid("zoom", "device.zoomWrong", MOST_ZOOM);
        }
        DeviceMap map = devices.map(filter, box, zoom);
        return new MapView(
                map.clusters(),
                map.devices().stream().map(this::view).toList(),
                map.total(),
                map.unplaced());
    }

    @GetMapping("/borders")
    @Permission(READ)
    ResponseEntity<Borders.Outlines> borders() {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.maxAge(Duration.ofMinutes(5)).cachePrivate())
                .varyBy("Accept-Language", "Cookie")
                .body(borders.outlines());
    }

    /** Online rates of the last days, today among them. */
    @GetMapping("/rates")
    @Permission(READ)
    RatesView rates(
            @ModelAttribute DeviceQuery.Asked asked,
            @RequestParam(defaultValue = "" + RATE_DAYS) int days) {
        if (days < 1 || days > MOST_DAYS) {
            throw BorderException.invalid("days", "device.daysWrong", MOST_DAYS);
        }
        DeviceFilter filter = query.filter(asked);
        OnlineRates.Rates found = rates.last(days, filter);
        return new RatesView(
                devices.states(filter),
                view(found.whole(), ""),
                found.days().stream().map(s -> view(s, s.key())).toList(),
                found.kinds().stream().map(s -> view(s, kinds.name(s.key()))).toList(),
                found.organisations().stream()
                        .map(s -> view(s, organisations.name(s.key())))
                        .toList(),
                found.divisions().stream().map(s -> view(s, organisations.name(s.key()))).toList());
    }

    @GetMapping("/{id}")
    @Permission(READ)
    DeviceDetail one(@PathVariable String id) {
        Device device = seen(id);
        return new DeviceDetail(
                view(device),
                kinds.offlineAfter(device.kind()).toSeconds(),
                RATE_DAYS,
                orNull(rates.last(RATE_DAYS, device)));
    }

    @GetMapping("/{id}/outages")
    @Permission(READ)
    Page<Outage> outages(@PathVariable String id, Slice slice) {
        return devices.outages(seen(id), slice);
    }

    private Device seen(String id) {
        Device device = devices.get(id);
        access.require(READ, device.organisation());
        return device;
    }

    private static RateView view(OnlineRates.Share share, String name) {
        return new RateView(share.key(), name, share.devices(), orNull(share.rate()));
    }

    private static @Nullable Double orNull(double rate) {
        return Double.isNaN(rate) ? null : rate;
    }

    private DeviceView view(Device device) {
        Locale locale = LocaleContextHolder.getLocale();
        String state = device.state().name();
        return new DeviceView(
                device.id(),
                device.code(),
                device.title(),
                organisations.named(device.organisation()),
                new Organisations.Named(device.kind(), kinds.name(device.kind())),
                organisations.named(device.division()),
                device.state(),
                String.valueOf(messages.getMessage("device.state." + state, null, state, locale)),
                device.since(),
                device.lastSeen(),
                device.lon(),
                device.lat(),
                device.battery(),
                device.signal(),
                device.status());
    }
}
