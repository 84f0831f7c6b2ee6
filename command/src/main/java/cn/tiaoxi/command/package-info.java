/** What a person types: the signed call, the demonstration, the generated registry. */
@NullMarked
package cn.tiaoxi.command;

import org.jspecify.annotations.NullMarked;
