package cn.tiaoxi.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * What the demonstration puts into the ledgers, read from the city's folder.
 *
 * @param gateways what reports devices
 * @param attendance who came to trainings
 */
record LedgersFile(List<Wanted> entries, List<Gateway> gateways, List<Attendance> attendance) {
    LedgersFile {
        entries = List.copyOf(entries);
        gateways = List.copyOf(gateways);
        attendance = List.copyOf(attendance);
    }

    /**
     * An entry to add.
     *
     * @param key how the file names it; no other part of the platform knows it
     * @param fields its fields; values {@code @key} stand for the entry of that key, {@code
     *     @dataset:TITLE} for the dataset of that title
     */
    record Wanted(
            String ledger,
            String key,
            @Nullable String code,
            String title,
            String organisation,
            @Nullable String state,
            Map<String, Object> fields) {}

    /**
     * A machine that reports devices, by the keys of their entries.
     *
     * @param organisation the code of the organisation whose devices it may report
     * @param silent those that it reports once and never again
     * @param faulty those that say that they are faulty
     * @param maintained those that say that they are being maintained
     */
    record Gateway(
            String name,
            String organisation,
            List<String> devices,
            List<String> silent,
            List<String> faulty,
            List<String> maintained) {}

    /** Who came to a training. */
    record Attendance(String training, List<Row> rows) {}

    /** Somebody's part in a training: came, unless told otherwise. */
    record Row(String person, @Nullable Boolean attended, @Nullable Double score) {}

    /** Reads the file. */
    static LedgersFile read(Path file) {
        return YAMLMapper.builder().build().readValue(file, LedgersFile.class);
    }
}
