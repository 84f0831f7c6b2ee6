package cn.tiaoxi.platform.flow;

import java.util.Map;

/**
 * Something a process does by itself. A process names it as {@code
 * flowable:delegateExpression="${name}"} of a service task; each module brings its own.
 */
public interface FlowStep {
    /** The name that processes use. */
    String name();

    /**
     * Does the step, in the transaction that moves the process.
     *
     * @param subject what the process is about, for example {@code request:…}
     * @param variables the process's variables
     * @return variables to set
     */
    Map<String, Object> run(String subject, Map<String, Object> variables);
}
