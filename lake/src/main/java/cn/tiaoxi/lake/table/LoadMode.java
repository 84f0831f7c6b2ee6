package cn.tiaoxi.lake.table;

/** What happens to the rows that a table has. */
public enum LoadMode {
    /** They are replaced in one step, and their columns too; older snapshots keep them. */
    REPLACE,
    /** They stay; the new rows follow them. The columns must be the same. */
    APPEND
}
