package cn.tiaoxi.platform.evidence;

import java.nio.file.Path;

/**
 * Where old records of the platform's log are.
 *
 * @param folder holds files of 65,536 records each
 */
record TraceArchive(Path folder) {}
