package cn.tiaoxi.platform.flow.web;

import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.city.WorkingCalendar;
import cn.tiaoxi.platform.flow.FlowTask;
import cn.tiaoxi.platform.flow.Flows;
import cn.tiaoxi.platform.identity.Access;
import cn.tiaoxi.platform.identity.SignedIn;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What waits for the signed-in person. */
@RestController
@RequestMapping("/api/v1")
class TaskController {
    private final Access access;
    private final Flows flows;
    private final Organisations organisations;
    private final WorkingCalendar calendar;
    private final Clock clock;

    TaskController(
            Access access,
            Flows flows,
            Organisations organisations,
            WorkingCalendar calendar,
            Clock clock) {
        this.access = access;
        this.flows = flows;
        this.organisations = organisations;
        this.calendar = calendar;
        this.clock = clock;
    }

    /** A task in an answer; the remaining working time is below zero once it is overdue. */
    record TaskView(
            String id,
            String kind,
            String title,
            String link,
            Organisations.Named organisation,
            Instant created,
            @Nullable Instant due,
            @Nullable Long remainingWorkingMinutes,
            boolean overdue,
            boolean escalated) {}

    @GetMapping("/tasks")
    @SignedIn
    Page<TaskView> tasks(Slice slice) {
        return flows.tasks(access.actor(), slice).map(this::view);
    }

    private TaskView view(FlowTask task) {
        Instant now = clock.instant();
        Instant due = task.due();
        return new TaskView(
                task.id(),
                task.kind(),
                task.title().shown(),
                task.link(),
                organisations.named(task.organisation()),
                task.created(),
                due,
                due == null ? null : calendar.workingTime(now, due).toMinutes(),
                due != null && now.isAfter(due),
                task.escalated() != null);
    }
}
