package cn.tiaoxi.platform.paper;

import cn.tiaoxi.platform.border.ErrorCode;

/** What can go wrong when paper is made. */
enum PaperError implements ErrorCode {
    PAPER_FONT_MISSING;

    @Override
    public int status() {
        return 503;
    }

    /** A machine without fonts gets none by waiting. */
    @Override
    public Fault fault() {
        return Fault.PLATFORM;
    }
}
