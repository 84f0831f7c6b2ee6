/** Ledgers and search over HTTP. */
@NullMarked
@NamedInterface("web")
package cn.tiaoxi.platform.ledger.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
