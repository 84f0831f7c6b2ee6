/** Paper: PDF with Chinese letters, embedded from a font of the machine. */
@NullMarked
@ApplicationModule(allowedDependencies = {"border"})
package cn.tiaoxi.platform.paper;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
