package cn.tiaoxi.command;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Plants an exact number of faults, at places that only the random generator chooses. */
final class FaultyRows {
    /** Duplicates repeat the row this many rows before, or the first one. */
    private static final int DISTANCE = 64;

    private final Table table;
    private final RandomGenerator random;
    private final Map<Integer, Fault> plan = new HashMap<>();
    private final Map<Fault, Integer> counts = new EnumMap<>(Fault.class);
    private final String[][] recent = new String[DISTANCE][];

    FaultyRows(Table table, int rows, RandomGenerator random) {
        this.table = table;
        this.random = random;
        for (Fault fault : Fault.values()) {
            int count = fault.plantedIn(rows);
            counts.put(fault, count);
            for (int planted = 0; planted < count; ) {
                // The first row is never at fault: a duplicate needs one before it.
                if (plan.putIfAbsent(1 + random.nextInt(rows - 1), fault) == null) {
                    planted++;
                }
            }
        }
    }

    Map<Fault, Integer> counts() {
        return counts;
    }

    /** The row at that index; rows are asked for in order. */
    String[] row(int index) {
        Fault fault = plan.get(index);
        if (fault == Fault.DUPLICATE) {
            return recent[index % DISTANCE] == null ? recent[0] : recent[index % DISTANCE];
        }
        String[] sound = table.next(random);
        // Only sound rows are repeated, so that a row has one fault at most.
        if (fault == null) {
            recent[index % DISTANCE] = sound;
            return sound;
        }
        return switch (fault) {
            case WRONG_CHECK -> with(sound, table.identifierColumn(), wrongCheck(sound));
            case BLANK -> with(sound, table.requiredColumn(), "");
            case SHIFTED -> shifted(sound);
            case IMPOSSIBLE_DATE -> with(sound, table.dateColumn(), impossible(sound));
            case FULL_WIDTH ->
                    with(
                            sound,
                            table.identifierColumn(),
                            fullWidth(sound[table.identifierColumn()]));
            case RAGGED -> ragged(sound);
            case DUPLICATE -> throw new AssertionError("handled above");
        };
    }

    private static String[] with(String[] row, int column, String value) {
        String[] changed = row.clone();
        changed[column] = value;
        return changed;
    }

    /** Another digit in the place of the check character; digits are possible in every code. */
    private String wrongCheck(String[] row) {
        String code = row[table.identifierColumn()];
        int last = code.length() - 1;
        int digit = Character.digit(code.charAt(last), 10);
        return code.substring(0, last) + (Math.max(digit, 0) + 1 + random.nextInt(8)) % 10;
    }

    private static String[] shifted(String[] row) {
        String[] changed = row.clone();
        System.arraycopy(row, 2, changed, 3, row.length - 3);
        changed[2] = "";
        return changed;
    }

    private String impossible(String[] row) {
        String year = row[table.dateColumn()].substring(0, 4);
        return switch (random.nextInt(4)) {
            case 0 -> year + "-02-30";
            case 1 -> year + "-13-05";
            case 2 -> year + "-04-31";
            default -> year + "-00-17";
        };
    }

    private static String fullWidth(String code) {
        StringBuilder wide = new StringBuilder(code.length());
        for (int i = 0; i < code.length(); i++) {
            wide.append((char) (code.charAt(i) + 0xFEE0));
        }
        return wide.toString();
    }

    private String[] ragged(String[] row) {
        if (random.nextBoolean()) {
            return Arrays.copyOf(row, row.length - 2);
        }
        String[] longer = Arrays.copyOf(row, row.length + 1);
        longer[row.length] = "备注";
        return longer;
    }
}
