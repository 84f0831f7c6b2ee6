/** The city as a folder: its organisations, calendar and standards. */
@NullMarked
@ApplicationModule(allowedDependencies = {"border"})
package cn.tiaoxi.platform.city;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
