/** Whether an application may go live: its checklist from the ledgers, waivers, and the gate. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {"border", "city", "evidence", "identity", "rule", "ledger"})
package cn.tiaoxi.platform.conformance;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
