package cn.tiaoxi.platform.flow;

import java.util.List;

/** A process as a picture, in the coordinates of its BPMN file. */
public record Diagram(List<Node> nodes, List<Edge> edges) {
    public Diagram {
        nodes = List.copyOf(nodes);
        edges = List.copyOf(edges);
    }

    /** Where a process stands. */
    public enum State {
        PAST,
        CURRENT,
        AHEAD
    }

    /**
     * An event, a task or a gateway.
     *
     * @param type the element's name in BPMN, for example {@code userTask}
     * @param name its name in the language of the request under way
     */
    public record Node(
            String id,
            String type,
            String name,
            double x,
            double y,
            double width,
            double height,
            State state) {}

    /**
     * A sequence flow.
     *
     * @param points corners of the line, each x and y
     * @param taken whether the process came this way
     */
    public record Edge(
            String id,
            String from,
            String to,
            List<List<Double>> points,
            String name,
            boolean taken) {
        public Edge {
            points = List.copyOf(points);
        }
    }
}
