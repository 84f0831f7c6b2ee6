package cn.tiaoxi.platform.flow;

import cn.tiaoxi.platform.border.Words;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that waits for a person.
 *
 * @param id identifier
 * @param subject what the process is about, for example {@code request:…}
 * @param node element of the process where it waits
 * @param kind what sort of work it is, for example {@code request.decide}
 * @param title what to do
 * @param link page where it is done
 * @param permission who may do it: those with this permission …
 * @param organisation … for this organisation
 * @param person user name of the one person it waits for, or null
 * @param due end of its deadline, or null
 * @param escalated since when those with the permission for the whole city see it too, or null
 */
public record FlowTask(
        String id,
        String subject,
        String node,
        String kind,
        Words title,
        String link,
        String permission,
        String organisation,
        @Nullable String person,
        Instant created,
        @Nullable Instant due,
        @Nullable Instant escalated) {}
