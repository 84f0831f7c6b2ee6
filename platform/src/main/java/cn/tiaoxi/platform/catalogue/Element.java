package cn.tiaoxi.platform.catalogue;

import cn.tiaoxi.lake.kind.Grade;
import cn.tiaoxi.platform.border.Words;

/**
 * A data element in the form of DB33/T 2426-2022.
 *
 * @param dataType data type in the standard's words, for example 字符型
 * @param format length and characters, for example {@code an18}
 * @param grade usual grade of a column that holds it
 */
public record Element(
        String id, Words name, Words definition, String dataType, String format, Grade grade) {}
