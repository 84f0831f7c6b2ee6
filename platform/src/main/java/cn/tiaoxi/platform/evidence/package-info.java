/** Writes every change of state into the tamper-evident trace, in the transaction of the change. */
@NullMarked
@ApplicationModule(allowedDependencies = {"border", "database"})
package cn.tiaoxi.platform.evidence;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
