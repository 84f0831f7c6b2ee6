package cn.tiaoxi.command;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * What the demonstration plays, read from the city's folder.
 *
 * @param datasets tables that departments bring
 * @param applications programs that call
 * @param requests what is asked for, in this order
 * @param calls what programs then call
 * @param abuse what is called wrongly on purpose
 * @param investigations what is then asked of the trace
 */
record Scenario(
        List<Dataset> datasets,
        List<Application> applications,
        List<Request> requests,
        List<Calls> calls,
        Calls abuse,
        List<Question> investigations) {
    Scenario {
        datasets = List.copyOf(datasets);
        applications = List.copyOf(applications);
        requests = List.copyOf(requests);
        calls = List.copyOf(calls);
        investigations = List.copyOf(investigations);
    }

    /**
     * A table and all that is said about it.
     *
     * @param table divisions, residents or firms
     * @param rows how many rows are generated
     * @param format csv (UTF-8), gb18030, jsonl or xlsx; csv if not given
     * @param by who brings and describes it
     * @param publisher who makes it public; null leaves it a draft for the visitor to finish
     * @param fields core metadata
     * @param lookup the interface that serves it, if any
     */
    record Dataset(
            String title,
            String table,
            int rows,
            @Nullable String format,
            String by,
            @Nullable String publisher,
            Map<String, Object> fields,
            List<Column> columns,
            @JsonProperty("interface") @Nullable Lookup lookup) {
        Dataset {
            fields = Map.copyOf(fields);
            columns = List.copyOf(columns);
        }
    }

    /** A column: its title in the file, and what a person makes of it. */
    record Column(
            String source,
            String name,
            String label,
            String type,
            String grade,
            String description) {}

    /** The interface that serves a dataset. */
    record Lookup(
            String id,
            String name,
            String by,
            List<String> keys,
            List<String> fields,
            int pageLimit) {
        Lookup {
            keys = List.copyOf(keys);
            fields = List.copyOf(fields);
        }
    }

    /** A program and the kind of key it signs with. */
    record Application(String name, String by, String description, String algorithm) {}

    /** Something asked for; without a decision it is left to rules, or open for the visitor. */
    record Request(
            String id,
            @JsonProperty("interface") String lookup,
            String application,
            String by,
            List<String> fields,
            String purpose,
            String legalBasis,
            String matter,
            int perSecond,
            long perDay,
            @Nullable Decision decision,
            @Nullable Revocation revocation) {
        Request {
            fields = List.copyOf(fields);
        }
    }

    /** What a person decides. */
    record Decision(
            String by, String outcome, String reason, @Nullable Map<String, String> masks) {}

    /** Who takes a grant back, and why. */
    record Revocation(String by, String reason) {}

    /**
     * Calls of an interface by one of its keys.
     *
     * @param values what is looked up; null for identifiers in a generated table
     * @param table that table
     * @param field a field that is not granted, for abuse
     * @param matter the matter that calls name, or null
     * @param distinct how many identifiers of the table are looked up, null for as many as usual
     * @param times how often each is looked up, null for once
     */
    record Calls(
            String application,
            @JsonProperty("interface") String lookup,
            String key,
            @Nullable List<String> values,
            @Nullable String table,
            @Nullable String field,
            @Nullable String matter,
            @Nullable Integer distinct,
            @Nullable Integer times) {}

    /**
     * A question to the trace: who received the first subject of a table that was called, or, with
     * a file, where a file of several of them comes from.
     *
     * @param by who asks
     * @param reason why
     * @param basis on whose order
     * @param kind what sort of subject the table's second column names
     * @param table generated table whose rows were called
     * @param dataset title of the dataset that the file's rows come from, null for one subject
     * @param file name of the leaked file, null for one subject
     * @param rows how many delivered rows it holds, null for one subject
     * @param others identifiers in it that nobody received, null for one subject
     */
    record Question(
            String by,
            String reason,
            String basis,
            String kind,
            String table,
            @Nullable String dataset,
            @Nullable String file,
            @Nullable Integer rows,
            @Nullable List<String> others) {}

    /** Reads a scenario. */
    static Scenario read(Path file) {
        return YAMLMapper.builder().build().readValue(file, Scenario.class);
    }
}
