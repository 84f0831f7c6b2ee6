/** What goes through the gateways at this moment: the last hour's figures, live for who watches. */
@NullMarked
@ApplicationModule(allowedDependencies = {"border", "city", "identity", "proof", "sharing"})
package cn.tiaoxi.platform.watching;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
