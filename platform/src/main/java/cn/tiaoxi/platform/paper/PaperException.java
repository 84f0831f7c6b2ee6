package cn.tiaoxi.platform.paper;

import cn.tiaoxi.platform.border.PlatformException;

/** Paper that cannot be made. */
public final class PaperException extends PlatformException {
    private PaperException(PaperError code) {
        super(code);
    }

    /** No font with Chinese letters is on the machine. */
    static PaperException fontMissing() {
        return new PaperException(PaperError.PAPER_FONT_MISSING);
    }
}
