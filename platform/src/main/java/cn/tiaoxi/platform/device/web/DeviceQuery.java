package cn.tiaoxi.platform.device.web;

import cn.tiaoxi.platform.border.BorderException;
import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.device.Device;
import cn.tiaoxi.platform.device.DeviceFilter;
import cn.tiaoxi.platform.identity.Access;
import cn.tiaoxi.platform.identity.Actor;
import cn.tiaoxi.platform.identity.IdentityException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads which devices a request means, within what the asker may see. */
@Component
class DeviceQuery {
    private static final String READ = "device:read";
    private static final int LONGEST = 100;
    private static final int CORNERS = 4;

    private final Organisations organisations;
    private final Access access;

    DeviceQuery(Organisations organisations, Access access) {
        this.organisations = organisations;
        this.access = access;
    }

    /** What a request names; what it leaves out is null. */
    record Asked(
            @Nullable String kind,
            @Nullable String state,
            @Nullable String organisation,
            @Nullable String division,
            @Nullable String q,
            @Nullable String bbox) {}

    DeviceFilter filter(Asked asked) {
        return new DeviceFilter(
                text("kind", asked.kind()),
                state(text("state", asked.state())),
                organisations(text("organisation", asked.organisation())),
                text("division", asked.division()),
                text("q", asked.q()),
                box(asked.bbox()));
    }

    private static String text(String name, @Nullable String given) {
        String text = given == null ? "" : given.strip();
        if (text.length() > LONGEST) {
            throw BorderException.invalid(name, "border.tooLong", LONGEST);
        }
        if (text.indexOf(0) >= 0) {
            throw BorderException.invalid(name, "border.type", name);
        }
        return text;
    }

    private static Device.@Nullable State state(String text) {
        if (text.isEmpty()) {
            return null;
        }
        return Arrays.stream(Device.State.values())
                .filter(s -> s.name().equals(text))
                .findFirst()
                .orElseThrow(() -> BorderException.invalid("state", "border.type", text));
    }

    /** The organisation and those below it, as far as the asker sees them; empty for all. */
    private Set<String> organisations(String wanted) {
        Actor actor = access.actor();
        Set<String> reach = actor.reach(READ);
        if (wanted.isEmpty()) {
            return reach;
        }
        if (organisations.find(wanted).isEmpty()) {
            throw IdentityException.organisationUnknown(wanted);
        }
        Set<String> within = new HashSet<>(organisations.within(wanted));
        if (!reach.isEmpty()) {
            within.retainAll(reach);
        }
        if (within.isEmpty()) {
            throw IdentityException.permissionMissing(READ, organisations.name(wanted));
        }
        return within;
    }

    /** A box as {@code west,south,east,north} in degrees. */
    static DeviceFilter.@Nullable Box box(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            double[] corners =
                    Arrays.stream(text.split(",", -1)).mapToDouble(Double::parseDouble).toArray();
            if (corners.length == CORNERS
                    && Arrays.stream(corners).allMatch(Double::isFinite)
                    && corners[0] < corners[2]
                    && corners[1] < corners[3]) {
                return new DeviceFilter.Box(corners[0], corners[1], corners[2], corners[3]);
            }
        } catch (NumberFormatException e) {
            throw BorderException.invalid("bbox", "device.bboxWrong");
        }
        throw BorderException.invalid("bbox", "device.bboxWrong");
    }
}
