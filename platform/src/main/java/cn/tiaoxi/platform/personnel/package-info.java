/** Key persons and vendors: what they may reach, the loss of access at once, training, coverage. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {"border", "city", "evidence", "identity", "ledger", "workbench"})
package cn.tiaoxi.platform.personnel;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
