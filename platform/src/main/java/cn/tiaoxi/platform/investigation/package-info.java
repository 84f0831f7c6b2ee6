/**
 * Who received a person's row, and which deliveries explain a leaked file; with evidence to hand
 * out.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "border",
            "catalogue",
            "city",
            "database",
            "evidence",
            "identity",
            "ledger",
            "paper",
            "proof",
            "sharing",
            "workbench"
        })
package cn.tiaoxi.platform.investigation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
