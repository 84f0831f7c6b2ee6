/**
 * Notices misuse while calls are answered, in constant memory: walks through identifiers, many
 * subjects, many networks.
 */
@NullMarked
package cn.tiaoxi.gateway.watch;

import org.jspecify.annotations.NullMarked;
