package cn.tiaoxi.platform.intake;

/**
 * How far an import is.
 *
 * @param counts what became of the rows so far
 * @param percent share of the file that has been read, 0 to 100
 */
public record Progress(Import.Counts counts, double percent) {
    static final Progress WAITING = new Progress(Import.Counts.NONE, 0);
}
