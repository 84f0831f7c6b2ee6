/** Interfaces, applications, requests and grants, and the policy that gateways follow. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "border",
            "database",
            "city",
            "evidence",
            "identity",
            "rule",
            "ledger",
            "catalogue",
            "duplicate",
            "flow",
            "workbench",
            "search",
            "personnel"
        })
package cn.tiaoxi.platform.sharing;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
