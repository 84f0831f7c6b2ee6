/** Levels of government: reports to the platform above, orders to the platforms below. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "border",
            "city",
            "database",
            "evidence",
            "identity",
            "workbench",
            "sharing"
        })
package cn.tiaoxi.platform.superior;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
