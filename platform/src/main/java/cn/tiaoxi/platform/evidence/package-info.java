/** Writes every change of state into the tamper-evident trace, and follows the gateways' logs. */
@NullMarked
@ApplicationModule(allowedDependencies = {"border", "database", "city"})
package cn.tiaoxi.platform.evidence;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
