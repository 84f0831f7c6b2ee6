/** Finds everything by words, pinyin, first letters and identifiers, and keeps long lists quick. */
@NullMarked
@ApplicationModule(allowedDependencies = {"border", "database", "city", "evidence", "identity"})
package cn.tiaoxi.platform.search;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
