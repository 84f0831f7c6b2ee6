package cn.tiaoxi.lake.table;

import cn.tiaoxi.lake.LakeColumn;

/**
 * A column to load.
 *
 * @param source its place in the file, from 0
 * @param column what it becomes
 */
public record LoadColumn(int source, LakeColumn column) {}
