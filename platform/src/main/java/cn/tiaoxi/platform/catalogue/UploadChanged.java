package cn.tiaoxi.platform.catalogue;

/**
 * An upload's load went on or ended. Told at once, by the thread that loads; not kept.
 *
 * @param id identifier of the upload
 */
public record UploadChanged(String id) {}
