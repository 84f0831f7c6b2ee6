/** What grants are used for: counted use, honest rates, and idle grants that are taken back. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "border",
            "city",
            "evidence",
            "identity",
            "rule",
            "flow",
            "workbench",
            "personnel",
            "sharing"
        })
package cn.tiaoxi.platform.usage;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
