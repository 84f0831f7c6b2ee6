/** Spreadsheets, CSV and JSON lines into ledgers: templates, imports as jobs, sheets to mend. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {"border", "database", "city", "evidence", "identity", "ledger"})
package cn.tiaoxi.platform.intake;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
