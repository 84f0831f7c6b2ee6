/** Ledgers and search over HTTP. */
@NullMarked
package cn.tiaoxi.platform.ledger.web;

import org.jspecify.annotations.NullMarked;
