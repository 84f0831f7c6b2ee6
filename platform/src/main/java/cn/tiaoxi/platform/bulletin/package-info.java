/** The monthly bulletin: how standardised each organisation's ledgers are, sent and answered. */
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
            "paper",
            "flow",
            "workbench"
        })
package cn.tiaoxi.platform.bulletin;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
