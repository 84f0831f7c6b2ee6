package cn.tiaoxi.gateway;

import org.jspecify.annotations.Nullable;

/**
 * A row of a file before it is masked and written.
 *
 * @param values of the file's fields
 * @param subject whom or what the row is about, or null where that is not known
 * @param invented whether no such row exists
 */
record ExportLine(RowText.Values values, @Nullable Object subject, boolean invented) {}
