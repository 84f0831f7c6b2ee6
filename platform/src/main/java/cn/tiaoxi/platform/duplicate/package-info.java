/** Finds the existing entries that a proposed one is like, and says in what. */
@NullMarked
@ApplicationModule(allowedDependencies = {"border", "city", "evidence", "identity", "ledger"})
package cn.tiaoxi.platform.duplicate;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
