/** What exists is an entry in a ledger: one engine, typed by files, with history and findings. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "border",
            "database",
            "city",
            "evidence",
            "identity",
            "rule",
            "search",
            "workbench"
        })
package cn.tiaoxi.platform.ledger;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
