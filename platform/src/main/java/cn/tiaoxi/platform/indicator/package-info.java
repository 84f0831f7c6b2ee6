/** Numbers of the city: defined in files, computed from published views, kept day by day. */
@NullMarked
@ApplicationModule(allowedDependencies = {"border", "city", "identity"})
package cn.tiaoxi.platform.indicator;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
