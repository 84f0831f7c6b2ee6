/** The manners at the border: problem details, pages of lists, exports, idempotent creations. */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package cn.tiaoxi.platform.border;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
