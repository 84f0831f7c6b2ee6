package cn.tiaoxi.platform.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.tiaoxi.platform.PlatformTest;
import cn.tiaoxi.platform.Visitors;
import cn.tiaoxi.platform.city.CityException;
import cn.tiaoxi.platform.city.WorkingCalendar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.flowable.bpmn.model.BoundaryEvent;
import org.flowable.bpmn.model.BpmnModel;
import org.flowable.bpmn.model.GraphicInfo;
import org.flowable.engine.RepositoryService;
import org.flowable.engine.repository.ProcessDefinition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.context.event.EventListener;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

@PlatformTest
@Import(FlowsTests.Additions.class)
@TestPropertySource(properties = "tiaoxi.flow.clock-interval=10m")
class FlowsTests {
    /** A Tuesday morning in Huzhou. */
    private static final Instant TUESDAY = Instant.parse("2026-11-24T02:00:00Z");

    private static final AtomicReference<Instant> NOW = new AtomicReference<>(TUESDAY);
    private static final List<Object> EVENTS = new CopyOnWriteArrayList<>();

    private final Flows flows;
    private final Clocks clocks;
    private final Processes processes;
    private final RepositoryService repository;
    private final TransactionTemplate transaction;
    private final WorkingCalendar calendar;
    private final Visitors visitors;
    private final String subject = "check:" + UUID.randomUUID();

    @Autowired
    FlowsTests(
            Flows flows,
            Clocks clocks,
            Processes processes,
            RepositoryService repository,
            TransactionTemplate transaction,
            WorkingCalendar calendar,
            Visitors visitors) {
        this.flows = flows;
        this.clocks = clocks;
        this.processes = processes;
        this.repository = repository;
        this.transaction = transaction;
        this.calendar = calendar;
        this.visitors = visitors;
    }

    /** A clock that tests set, and ears for events. */
    @TestConfiguration
    static class Additions {
        @Bean
        @Primary
        Clock settableClock() {
            return new Clock() {
                @Override
                public ZoneId getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    return this;
                }

                @Override
                public Instant instant() {
                    return NOW.get();
                }
            };
        }

        @EventListener({
            TaskAssigned.class,
            TaskReminded.class,
            TaskEscalated.class,
            TaskDone.class
        })
        void heard(Object event) {
            EVENTS.add(event);
        }

        static String subject(Object event) {
            return switch (event) {
                case TaskAssigned e -> e.task().subject();
                case TaskReminded e -> e.task().subject();
                case TaskEscalated e -> e.task().subject();
                case TaskDone e -> e.task().subject();
                default -> "";
            };
        }
    }

    @BeforeEach
    void deploy() throws IOException {
        NOW.set(TUESDAY);
        LocaleContextHolder.setLocale(Locale.SIMPLIFIED_CHINESE);
        EVENTS.clear();
        processes.deploy(file());
    }

    @AfterEach
    void forgetLanguage() {
        LocaleContextHolder.resetLocaleContext();
    }

    private static Path file() {
        return Path.of("src/test/resources/cn/tiaoxi/platform/flow/test-check.bpmn");
    }

    private void start(int days) {
        transaction.executeWithoutResult(
                s ->
                        flows.start(
                                "test-check",
                                subject,
                                Map.of(
                                        "owner",
                                        "330500-police",
                                        "what",
                                        "<b>甲</b>",
                                        "days",
                                        days)));
    }

    private void complete(String outcome) {
        transaction.executeWithoutResult(
                s -> flows.complete(subject, "check", "zhang.min", Map.of("outcome", outcome)));
    }

    private <T> T heard(Class<T> type) {
        return ours().filter(type::isInstance).map(type::cast).findFirst().orElseThrow();
    }

    private long count(Class<?> type) {
        return ours().filter(type::isInstance).count();
    }

    private Stream<Object> ours() {
        return EVENTS.stream().filter(e -> Additions.subject(e).equals(subject));
    }

    @Test
    void a_task_waits_for_those_near_it_until_its_deadline_in_working_days() {
        start(5);

        FlowTask task = flows.open(subject).getFirst();
        assertThat(task.due()).isEqualTo(Instant.parse("2026-12-01T09:00:00Z"));
        assertThat(task.title().zh()).isEqualTo("核对 <b>甲</b>");
        assertThat(heard(TaskAssigned.class).people())
                .containsExactlyInAnyOrder("zhang.min", "qian.feng");
    }

    @Test
    void those_who_look_after_the_whole_city_see_a_task_once_it_escalated() {
        start(3);
        assertThat(listed("zhang.min")).isTrue();
        assertThat(listed("zhao.lei")).isFalse();
        assertThat(listed("chen.jie")).isFalse();

        NOW.set(Instant.parse("2026-11-27T09:00:01Z"));
        clocks.goOff();

        assertThat(heard(TaskEscalated.class).people()).contains("zhao.lei", "zhang.min");
        assertThat(listed("zhao.lei")).isTrue();
        assertThat(listed("chen.jie")).isFalse();
    }

    private boolean listed(String person) {
        JsonNode items =
                visitors.signIn(person, "tiaoxi-2026").get("/api/v1/tasks?limit=200").json();
        return items.path("items")
                .valueStream()
                .anyMatch(t -> t.path("id").asString().equals(flows.open(subject).getFirst().id()));
    }

    @Test
    void reminders_go_off_before_the_deadline_each_once() {
        start(4);
        Instant due = flows.open(subject).getFirst().due();
        assertThat(due).isEqualTo(calendar.deadline(TUESDAY, 4));

        NOW.set(calendar.deadline(TUESDAY, 2).minusSeconds(1));
        clocks.goOff();
        assertThat(count(TaskReminded.class)).isZero();

        NOW.set(calendar.deadline(TUESDAY, 2));
        clocks.goOff();
        clocks.goOff();
        assertThat(count(TaskReminded.class)).isEqualTo(1);

        NOW.set(calendar.deadline(TUESDAY, 3));
        clocks.goOff();
        assertThat(count(TaskReminded.class)).isEqualTo(2);
        assertThat(count(TaskEscalated.class)).isZero();
    }

    @Test
    void clocks_of_a_finished_task_are_silent() {
        start(3);
        complete("PASS");
        EVENTS.clear();

        NOW.set(TUESDAY.plusSeconds(30 * 86_400));
        clocks.goOff();

        assertThat(ours()).isEmpty();
        assertThat(flows.open(subject)).isEmpty();
    }

    @Test
    void clocks_go_off_once_though_many_look() throws Exception {
        start(1);
        NOW.set(TUESDAY.plusSeconds(10 * 86_400));
        try (ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Integer> look = clocks::goOff;
            List<Future<Integer>> looks = many.invokeAll(Collections.nCopies(4, look));
            for (Future<Integer> each : looks) {
                each.get();
            }
        }
        assertThat(count(TaskEscalated.class)).isEqualTo(1);
    }

    @Test
    void the_diagram_shows_past_present_and_way_taken() {
        start(3);
        Diagram before = flows.diagram(subject).orElseThrow();
        assertThat(state(before, "begin")).isEqualTo(Diagram.State.PAST);
        assertThat(state(before, "check")).isEqualTo(Diagram.State.CURRENT);
        assertThat(state(before, "near")).isEqualTo(Diagram.State.AHEAD);
        assertThat(state(before, "done")).isEqualTo(Diagram.State.AHEAD);
        assertThat(before.nodes()).allMatch(n -> n.width() > 0 && n.height() > 0);

        complete("AGAIN");
        assertThat(state(flows.diagram(subject).orElseThrow(), "check"))
                .isEqualTo(Diagram.State.CURRENT);
        complete("PASS");

        Diagram after = flows.diagram(subject).orElseThrow();
        assertThat(after.edges())
                .filteredOn(Diagram.Edge::taken)
                .extracting(Diagram.Edge::id)
                .containsExactlyInAnyOrder("f1", "f2", "again", "toEnd");
        assertThat(after.nodes()).noneMatch(n -> n.state() == Diagram.State.CURRENT);
        assertThat(name(after, "check")).isEqualTo("核对");
        LocaleContextHolder.setLocale(Locale.ENGLISH);
        assertThat(name(flows.diagram(subject).orElseThrow(), "check")).isEqualTo("Check");
    }

    @Test
    void a_boundary_event_lies_behind_only_if_it_happened() {
        start(4);
        NOW.set(calendar.deadline(TUESDAY, 3));
        clocks.goOff();
        complete("PASS");

        Diagram after = flows.diagram(subject).orElseThrow();
        assertThat(state(after, "near")).isEqualTo(Diagram.State.PAST);
        assertThat(state(after, "passed")).isEqualTo(Diagram.State.AHEAD);
        assertThat(state(after, "stopped")).isEqualTo(Diagram.State.AHEAD);
    }

    @Test
    void the_citys_processes_are_drawn_with_straight_lines_and_nothing_overlaps() {
        List<ProcessDefinition> all =
                repository.createProcessDefinitionQuery().latestVersion().list().stream()
                        .filter(d -> !d.getKey().equals("test-check"))
                        .toList();
        assertThat(all).isNotEmpty();
        for (ProcessDefinition each : all) {
            BpmnModel model = repository.getBpmnModel(each.getId());
            model.getFlowLocationMap()
                    .forEach(
                            (line, points) ->
                                    assertThat(isStraight(points))
                                            .as("%s of %s: %s", line, each.getKey(), drawn(points))
                                            .isTrue());
            List<GraphicInfo> shapes =
                    model.getLocationMap().entrySet().stream()
                            .filter(
                                    e ->
                                            !(model.getFlowElement(e.getKey())
                                                    instanceof BoundaryEvent))
                            .map(Map.Entry::getValue)
                            .toList();
            for (GraphicInfo one : shapes) {
                assertThat(shapes)
                        .as(each.getKey())
                        .noneMatch(other -> other != one && overlap(one, other));
            }
        }
    }

    private static List<String> drawn(List<GraphicInfo> line) {
        return line.stream().map(p -> p.getX() + "," + p.getY()).toList();
    }

    private static boolean isStraight(List<GraphicInfo> line) {
        return IntStream.range(1, line.size())
                .allMatch(
                        i ->
                                line.get(i).getX() == line.get(i - 1).getX()
                                        || line.get(i).getY() == line.get(i - 1).getY());
    }

    private static boolean overlap(GraphicInfo one, GraphicInfo other) {
        return one.getX() < other.getX() + other.getWidth()
                && other.getX() < one.getX() + one.getWidth()
                && one.getY() < other.getY() + other.getHeight()
                && other.getY() < one.getY() + one.getHeight();
    }

    @Test
    void a_pruned_process_keeps_its_picture() {
        start(3);
        transaction.executeWithoutResult(s -> flows.send(subject, "stop", "wang.wei", Map.of()));
        Diagram before = flows.diagram(subject).orElseThrow();
        assertThat(state(before, "halted")).isEqualTo(Diagram.State.PAST);

        NOW.set(TUESDAY.plusSeconds(400L * 86_400));
        assertThat(clocks.prune()).isPositive();

        assertThat(flows.diagram(subject).orElseThrow()).isEqualTo(before);
    }

    @Test
    void what_is_no_longer_waited_for_cannot_be_finished() {
        start(3);
        complete("PASS");
        assertThatThrownBy(() -> complete("PASS"))
                .isInstanceOf(FlowException.class)
                .hasMessageContaining("TASK_CLOSED");
    }

    @Test
    void only_a_changed_file_makes_a_new_version(@TempDir Path folder) throws IOException {
        long versions = versions();
        processes.deploy(file());
        assertThat(versions()).isEqualTo(versions);

        Path changed = folder.resolve("test-check.bpmn");
        Files.writeString(
                changed, Files.readString(file()).replace("name=\"核对\"", "name=\"核对 2\""));
        processes.deploy(changed);
        assertThat(versions()).isEqualTo(versions + 1);
    }

    private long versions() {
        return repository.createProcessDefinitionQuery().processDefinitionKey("test-check").count();
    }

    @Test
    void a_wrong_file_is_refused_with_its_place(@TempDir Path folder) throws IOException {
        String good = Files.readString(file());
        Path wrong = folder.resolve("wrong.bpmn");
        for (String bad :
                List.of(
                        good.replace("targetRef=\"done\"", "targetRef=\"nowhere\""),
                        good.replace("deadline-near", "another"),
                        good.replace("permission=", "permit="),
                        good.replace("</process>", ""),
                        "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>" + good)) {
            Files.writeString(wrong, bad);
            assertThatThrownBy(() -> processes.deploy(wrong))
                    .isInstanceOf(CityException.class)
                    .hasMessageContaining("wrong.bpmn");
        }
    }

    private static Diagram.State state(Diagram diagram, String id) {
        return diagram.nodes().stream()
                .filter(n -> n.id().equals(id))
                .findFirst()
                .orElseThrow()
                .state();
    }

    private static String name(Diagram diagram, String id) {
        return diagram.nodes().stream()
                .filter(n -> n.id().equals(id))
                .findFirst()
                .orElseThrow()
                .name();
    }
}
