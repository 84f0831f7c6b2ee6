package cn.tiaoxi.platform.sharing;

import cn.tiaoxi.contract.PolicySnapshot.Grade;

/**
 * Whom or what a row of an interface is about.
 *
 * @param column column that names it; in the interface's table, though it need be no field
 * @param kind {@code resident-id}, or {@code dataset.…} for what only that dataset names so
 * @param grade highest grade of the dataset's columns
 * @param always whether its owner wants digests at any grade
 */
public record Subject(String column, String kind, Grade grade, boolean always) {}
