/** Who people are, where they belong and what they may do. */
@NullMarked
@ApplicationModule(allowedDependencies = {"border", "database", "city", "evidence"})
package cn.tiaoxi.platform.identity;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
