/** What a person should know and do: messages about one's own work. */
@NullMarked
@ApplicationModule(allowedDependencies = {"border", "identity"})
package cn.tiaoxi.platform.workbench;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
