/**
 * Readable rules in CEL: loaded from the city's folder, checked at start, evaluated with limits.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"border", "city", "identity"})
package cn.tiaoxi.platform.rule;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
