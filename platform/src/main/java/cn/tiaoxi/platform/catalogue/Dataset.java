package cn.tiaoxi.platform.catalogue;

import cn.tiaoxi.platform.ledger.Entry;
import java.util.List;
import java.util.Optional;

/**
 * A dataset: its entry in the ledger and its columns.
 *
 * @param columns in table order
 */
public record Dataset(Entry entry, List<DatasetColumn> columns) {
    private static final String PUBLISHED = "PUBLISHED";

    public Dataset {
        columns = List.copyOf(columns);
    }

    /** Its identifier. */
    public String id() {
        return entry.id();
    }

    /** What people call it. */
    public String title() {
        return entry.title();
    }

    /** Code of the organisation that owns it. */
    public String organisation() {
        return entry.organisation();
    }

    /** Whether it stands in the catalogue for others to ask for. */
    public boolean isPublished() {
        return entry.state().equals(PUBLISHED);
    }

    /**
     * {@code UNCONDITIONAL}, {@code CONDITIONAL} or {@code NONE}; not shared while nothing is said.
     */
    public String sharing() {
        String sharing = entry.text("sharing");
        return sharing == null ? "NONE" : sharing;
    }

    /** A column by name. */
    public Optional<DatasetColumn> column(String name) {
        return columns.stream().filter(c -> c.name().equals(name)).findFirst();
    }
}
