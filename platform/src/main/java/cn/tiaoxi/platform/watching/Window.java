package cn.tiaoxi.platform.watching;

/** How far back somebody looks. */
public enum Window {
    MINUTE(1, 1),
    FIVE_MINUTES(5, 1),
    HOUR(60, 10);

    private final int minutes;
    private final int step;

    Window(int minutes, int step) {
        this.minutes = minutes;
        this.step = step;
    }

    /**
     * The window of so many minutes.
     *
     * @throws WatchingException if there is none
     */
    public static Window of(int minutes) {
        for (Window window : values()) {
            if (window.minutes == minutes) {
                return window;
            }
        }
        throw WatchingException.windowUnknown(minutes);
    }

    public int minutes() {
        return minutes;
    }

    /** Seconds from one point of its curves to the next. */
    public int step() {
        return step;
    }
}
