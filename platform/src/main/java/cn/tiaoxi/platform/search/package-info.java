/** One search over everything: Chinese words and parts of them, pinyin, initials, identifiers. */
@NullMarked
@ApplicationModule(allowedDependencies = {"border", "city", "database", "identity"})
package cn.tiaoxi.platform.search;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
