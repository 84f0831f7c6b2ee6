package cn.tiaoxi.platform.ledger;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Where the values of a YAML text stand, by their path, for example {@code /fields/3/when}. */
final class YamlPlaces {
    /** Types are flatter than this; a text that refers to itself is not. */
    private static final int DEEPEST = 20;

    private final Map<String, Place> places = new HashMap<>();

    /** A place; line and column from 1. */
    record Place(int line, int column) {
        static final Place START = new Place(1, 1);
    }

    /** Reads a text; of one that is no YAML no place is known. */
    static YamlPlaces of(String yaml) {
        YamlPlaces read = new YamlPlaces();
        try {
            new Compose(LoadSettings.builder().build())
                    .composeString(yaml)
                    .ifPresent(root -> read.add("", root, 0));
        } catch (YamlEngineException e) {
            read.places.clear();
        }
        return read;
    }

    private void add(String path, Node node, int depth) {
        if (depth > DEEPEST) {
            return;
        }
        node.getStartMark().ifPresent(m -> places.put(path, place(m)));
        if (node instanceof MappingNode mapping) {
            for (NodeTuple each : mapping.getValue()) {
                if (each.getKeyNode() instanceof ScalarNode key) {
                    add(path + "/" + key.getValue(), each.getValueNode(), depth + 1);
                }
            }
        } else if (node instanceof SequenceNode sequence) {
            List<Node> items = sequence.getValue();
            for (int i = 0; i < items.size(); i++) {
                add(path + "/" + i, items.get(i), depth + 1);
            }
        }
    }

    private static Place place(Mark mark) {
        return new Place(mark.getLine() + 1, mark.getColumn() + 1);
    }

    /** The place of a value, or of the nearest thing around it. */
    Place of(List<Object> path) {
        for (int length = path.size(); length > 0; length--) {
            StringBuilder at = new StringBuilder();
            path.subList(0, length).forEach(part -> at.append('/').append(part));
            Place found = places.get(at.toString());
            if (found != null) {
                return found;
            }
        }
        return Place.START;
    }
}
