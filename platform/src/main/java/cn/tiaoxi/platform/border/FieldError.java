package cn.tiaoxi.platform.border;

/**
 * What is wrong with one field of a request.
 *
 * @param field path of the field in the request, for example {@code columns[3].grade}
 * @param code key of the message, resolved in the asker's language
 * @param arguments what the message names
 */
public record FieldError(String field, String code, Object... arguments) {}
