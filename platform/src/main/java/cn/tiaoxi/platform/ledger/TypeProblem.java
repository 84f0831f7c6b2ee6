package cn.tiaoxi.platform.ledger;

import cn.tiaoxi.platform.border.Words;

/**
 * What is wrong with a type file.
 *
 * @param line line, from 1
 * @param column column, from 1
 * @param message what is wrong and what would be right
 */
public record TypeProblem(int line, int column, Words message) {}
