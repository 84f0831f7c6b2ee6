package cn.tiaoxi.platform.ledger;

import cn.tiaoxi.platform.border.Words;

/**
 * A finding with its texts.
 *
 * @param name name of the rule
 * @param message what is wrong
 * @param mend how to mend it
 */
public record FindingInWords(Finding finding, Words name, Words message, Words mend) {}
