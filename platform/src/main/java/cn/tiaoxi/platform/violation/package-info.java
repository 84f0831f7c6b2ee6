/** Misuse of interfaces: found by rule, slowed or cut at once, and followed up as a case. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "border",
            "city",
            "evidence",
            "identity",
            "flow",
            "workbench",
            "personnel",
            "sharing"
        })
package cn.tiaoxi.platform.violation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
