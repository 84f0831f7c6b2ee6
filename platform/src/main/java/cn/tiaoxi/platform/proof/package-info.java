/** Shows what happened and proves it: records, calls, who received what. */
@NullMarked
@ApplicationModule(allowedDependencies = {"border", "city", "evidence", "identity"})
package cn.tiaoxi.platform.proof;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
