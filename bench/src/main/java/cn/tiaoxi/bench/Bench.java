package cn.tiaoxi.bench;

import java.util.Arrays;

/** Runs a benchmark by its name: {@code ./tiaoxi bench NAME [--quick]}. */
public final class Bench {
    private Bench() {}

    /** Runs what the first argument names with the others. */
    public static void main(String[] arguments) throws Exception {
        String name = arguments.length == 0 ? "" : arguments[0];
        String[] rest = Arrays.stream(arguments).skip(1).toArray(String[]::new);
        switch (name) {
            case "upload" -> UploadBench.main(rest);
            case "ledger" -> LedgerBench.main(rest);
            case "rows" -> RowsBench.main(rest);
            case "duplicates" -> DuplicateBench.main(rest);
            case "heartbeats" -> HeartbeatBench.main(rest);
            case "masking" -> MaskingBench.main(rest);
            case "gateway" -> GatewayBench.main(rest);
            case "soak" -> SoakBench.main(rest);
            case "trace" -> TraceBench.main(rest);
            case "leak" -> LeakBench.main(rest);
            case "micro" -> MicroBench.main(rest);
            default -> {
                System.err.println(
                        "There is no benchmark “"
                                + name
                                + "”. There are: upload, ledger, rows, duplicates, heartbeats,"
                                + " masking, gateway, soak, trace, leak, micro");
                System.exit(2);
            }
        }
    }
}
