package cn.tiaoxi.platform.investigation;

/** How sure it is that a recipient is a source. */
public enum Verdict {
    /** It explains the file, and chance is excluded. */
    STRONG,
    /**
     * It explains the file, but has received all that are like the rows of the file, so that any
     * other holder of them explains it as well.
     */
    CONSISTENT,
    /** It has rows of the file, but no more than others explain or chance gives. */
    NONE
}
