package cn.tiaoxi.lake.source;

import cn.tiaoxi.lake.LakeColumn;
import com.ibm.icu.text.Transliterator;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Proposes names that are safe in SQL: English ones in snake case, Chinese ones in pinyin. */
public final class ColumnNames {
    private static final int LONGEST = 48;
    private static final Transliterator PINYIN =
            Transliterator.getInstance("Han-Latin; Latin-ASCII; [^\\u0000-\\u007f] Remove");
    private static final Set<String> RESERVED =
            Set.of(
                    "all",
                    "analyse",
                    "analyze",
                    "and",
                    "any",
                    "array",
                    "as",
                    "asc",
                    "asymmetric",
                    "both",
                    "case",
                    "cast",
                    "check",
                    "collate",
                    "column",
                    "constraint",
                    "create",
                    "current_date",
                    "current_time",
                    "current_user",
                    "default",
                    "deferrable",
                    "desc",
                    "distinct",
                    "do",
                    "else",
                    "end",
                    "except",
                    "false",
                    "fetch",
                    "for",
                    "foreign",
                    "from",
                    "grant",
                    "group",
                    "having",
                    "in",
                    "initially",
                    "intersect",
                    "into",
                    "join",
                    "lateral",
                    "leading",
                    "left",
                    "like",
                    "limit",
                    "localtime",
                    "localtimestamp",
                    "natural",
                    "not",
                    "null",
                    "offset",
                    "on",
                    "only",
                    "or",
                    "order",
                    "placing",
                    "primary",
                    "references",
                    "returning",
                    "right",
                    "select",
                    "session_user",
                    "some",
                    "symmetric",
                    "table",
                    "then",
                    "to",
                    "trailing",
                    "true",
                    "union",
                    "unique",
                    "user",
                    "using",
                    "variadic",
                    "when",
                    "where",
                    "window",
                    "with",
                    "ctid",
                    "oid",
                    "xmin",
                    "xmax",
                    "cmin",
                    "cmax",
                    "tableoid");

    private ColumnNames() {}

    /** A unique name for each label, in their order; labels may be empty. */
    public static List<String> propose(List<String> labels) {
        List<String> names = new ArrayList<>();
        Set<String> used = new HashSet<>();
        for (int i = 0; i < labels.size(); i++) {
            String name = propose(labels.get(i), "column_" + (i + 1));
            String unique = name;
            for (int n = 2; !used.add(unique); n++) {
                unique = name + "_" + n;
            }
            names.add(unique);
        }
        return names;
    }

    private static String propose(String label, String otherwise) {
        String ascii;
        synchronized (PINYIN) {
            ascii = PINYIN.transliterate(label);
        }
        String snake =
                ascii.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9]+", "_")
                        .replaceAll("^[_0-9]+|_+$", "");
        String name =
                snake.length() > LONGEST
                        ? snake.substring(0, LONGEST).replaceAll("_+$", "")
                        : snake;
        if (name.isEmpty()) {
            return otherwise;
        }
        return RESERVED.contains(name) || name.equals(LakeColumn.ROW) ? name + "_" : name;
    }
}
