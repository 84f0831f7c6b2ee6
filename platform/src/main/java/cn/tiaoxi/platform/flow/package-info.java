/**
 * Decisions as processes: BPMN from the city's folder, tasks for people, clocks in working days.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"border", "database", "city", "evidence", "identity"})
package cn.tiaoxi.platform.flow;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
