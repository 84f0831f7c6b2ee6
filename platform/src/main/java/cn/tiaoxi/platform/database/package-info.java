/** The PostgreSQL that everything is kept in, and the data folder beside it. */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package cn.tiaoxi.platform.database;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
