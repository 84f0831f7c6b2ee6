/**
 * Datasets: files that people bring, tables in the lake, what their columns are and how sensitive.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "border",
            "database",
            "city",
            "evidence",
            "identity",
            "ledger",
            "ledger :: web",
            "search"
        })
package cn.tiaoxi.platform.catalogue;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
