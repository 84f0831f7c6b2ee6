package cn.tiaoxi.platform.flow;

import cn.tiaoxi.platform.border.Words;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.flowable.bpmn.model.BoundaryEvent;
import org.flowable.bpmn.model.BpmnModel;
import org.flowable.bpmn.model.ExtensionElement;
import org.flowable.bpmn.model.FlowElement;
import org.flowable.bpmn.model.GraphicInfo;
import org.flowable.bpmn.model.SequenceFlow;
import org.flowable.engine.HistoryService;
import org.flowable.engine.history.HistoricActivityInstance;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Draws processes from their BPMN diagram and their history. */
@Component
class Diagrams {
    private final Processes processes;
    private final HistoryService history;

    Diagrams(Processes processes, HistoryService history) {
        this.processes = processes;
        this.history = history;
    }

    Diagram draw(FlowStore.Instance instance) {
        Set<String> past = new HashSet<>();
        Set<String> current = new HashSet<>();
        List<String> kept = instance.path();
        if (kept == null) {
            for (HistoricActivityInstance each : passed(instance.engineId())) {
                (each.getEndTime() == null ? current : past).add(each.getActivityId());
            }
        } else {
            past.addAll(kept);
        }
        return draw(processes.model(instance.definition()), past, current);
    }

    /** Elements that the process passed, for keeping when its history is pruned. */
    List<String> path(String engineId) {
        return passed(engineId).stream()
                .filter(a -> a.getEndTime() != null)
                .map(HistoricActivityInstance::getActivityId)
                .distinct()
                .toList();
    }

    private List<HistoricActivityInstance> passed(String engineId) {
        return history.createHistoricActivityInstanceQuery().processInstanceId(engineId).list();
    }

    private static Diagram draw(BpmnModel model, Set<String> past, Set<String> current) {
        List<Diagram.Node> nodes = new ArrayList<>();
        List<Diagram.Edge> edges = new ArrayList<>();
        for (Map.Entry<String, GraphicInfo> each : model.getLocationMap().entrySet()) {
            FlowElement element = model.getFlowElement(each.getKey());
            if (element != null) {
                nodes.add(node(element, each.getValue(), state(element, past, current)));
            }
        }
        for (Map.Entry<String, List<GraphicInfo>> each : model.getFlowLocationMap().entrySet()) {
            if (model.getFlowElement(each.getKey()) instanceof SequenceFlow flow) {
                edges.add(edge(flow, each.getValue(), past.contains(flow.getId())));
            }
        }
        return new Diagram(nodes, edges);
    }

    /** An element that is passed again stands as current. */
    private static Diagram.State state(FlowElement element, Set<String> past, Set<String> current) {
        if (element instanceof BoundaryEvent event) {
            return happened(event, past) ? Diagram.State.PAST : Diagram.State.AHEAD;
        }
        if (current.contains(element.getId())) {
            return Diagram.State.CURRENT;
        }
        return past.contains(element.getId()) ? Diagram.State.PAST : Diagram.State.AHEAD;
    }

    /**
     * Whether the process went on from a boundary event. The history names the event itself as soon
     * as it stops listening, even if nothing happened.
     */
    private static boolean happened(BoundaryEvent event, Set<String> past) {
        return event.getOutgoingFlows().stream().anyMatch(f -> past.contains(f.getId()));
    }

    private static Diagram.Node node(FlowElement element, GraphicInfo place, Diagram.State state) {
        String type = element.getClass().getSimpleName();
        return new Diagram.Node(
                element.getId(),
                Character.toLowerCase(type.charAt(0)) + type.substring(1),
                name(element),
                place.getX(),
                place.getY(),
                place.getWidth(),
                place.getHeight(),
                state);
    }

    private static Diagram.Edge edge(SequenceFlow flow, List<GraphicInfo> line, boolean taken) {
        return new Diagram.Edge(
                flow.getId(),
                flow.getSourceRef(),
                flow.getTargetRef(),
                line.stream().map(p -> List.of(p.getX(), p.getY())).toList(),
                name(flow),
                taken);
    }

    /** BPMN knows one name; the English one stands in {@code tiaoxi:name}. */
    private static String name(FlowElement element) {
        @Nullable String name = element.getName();
        String english =
                element.getExtensionElements().getOrDefault("name", List.of()).stream()
                        .filter(e -> TaskPlan.NAMESPACE.equals(e.getNamespace()))
                        .map(ExtensionElement::getElementText)
                        .findFirst()
                        .orElse("");
        return new Words(name == null ? "" : name, english).shown();
    }
}
