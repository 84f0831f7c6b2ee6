package cn.tiaoxi.platform.sharing;

import org.jspecify.annotations.Nullable;

/**
 * A request was written, mended or withdrawn.
 *
 * @param dataset identifier of the dataset asked for
 * @param organisation code of the asking organisation
 * @param body what it asks for now, or null if it was withdrawn
 */
record RequestChanged(String id, String dataset, String organisation, @Nullable RequestBody body) {}
