package cn.tiaoxi.platform.evidence;

/**
 * Who did something, as the trace names them.
 *
 * @param name user name of a person, identifier of an application, or {@code system}
 * @param organisation code of the organisation, empty for the platform itself
 */
public record Who(String name, String organisation) {
    /** The platform itself: rules, timers, start-up. */
    public static final Who SYSTEM = new Who("system", "");
}
