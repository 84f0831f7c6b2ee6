package cn.tiaoxi.command;

import java.util.List;
import java.util.random.RandomGenerator;

/** A table whose rows can be made one by one, and the places where faults can be planted in it. */
interface Table {
    /** Titles of the columns, as a department would write them. */
    List<String> columns();

    /** Makes the next row: one cell per column, nothing wrong with it. */
    String[] next(RandomGenerator random);

    /** The column whose last character is a check character. */
    int identifierColumn();

    /** A column of dates. */
    int dateColumn();

    /** A column that must not be empty. */
    int requiredColumn();
}
