export const zh = {
  title: '疑似重复',
  help: '同一本账里名称、功能、事项、数据相近的条目，由人判断是否为同一件事。',
  share: '占 {share}',
  reason: { TITLE: '名称相近', WORDS: '{field}同词', VALUES: '{field}相同', REFERENCES: '{field}相同', ORGANISATION: '同一部门' },
  decision: { OPEN: '待判断', SAME: '确为重复', DIFFERENT: '并非重复' },
  decided: '已记录判断',
  ask: { OPEN: '重新判断这两个条目？', SAME: '这两个条目是同一件事？', DIFFERENT: '这两个条目不是同一件事？' },
  act: { OPEN: '重新判断', SAME: '判为重复', DIFFERENT: '判为不重复', notYours: '由条目所属部门判断' },
  panel: {
    title: '相似条目', alarm: '有 {n} 个已有条目与此很相近', look: '请先查看，能共用的不再重复建设；确需新建的，请在用途中写明区别。', calm: '已与 {n} 个条目比较，没有很相近的。最接近的是：', nothing: '已与 {n} 个条目比较，没有相近的。', hidden: '另有 {n} 个相近条目不在您的查看范围内。',
  },
  precedent: {
    title: '已有的相近申请和数据', requests: '相近的申请', datasets: '相近的数据集', alarm: '有 {n} 项已有申请与此很相近', look: '请先查看：已获授权的可直接使用；未获批准的，请看理由。',
  },
  list: {
    sentence: '显示{type}中{decision}的条目对', ledger: '台账', anyLedger: '全部台账', decision: '判断', anyDecision: '全部', first: '条目', second: '与之相近', score: '相似度', reasons: '依据', found: '发现时间', acts: '操作', past: '条目已改，不再相近', empty: '没有疑似重复的条目', emptyHint: '条目变更后和每天夜里自动比较。',
  },
}

export const en: typeof zh = {
  title: 'Possible duplicates',
  help: 'Entries of one ledger whose title, functions, matters or data are alike. A person says whether they are the same.',
  share: '{share} of the score',
  reason: { TITLE: 'Similar title', WORDS: 'Same words in {field}', VALUES: 'Same {field}', REFERENCES: 'Same {field}', ORGANISATION: 'Same department' },
  decision: { OPEN: 'to be decided', SAME: 'the same', DIFFERENT: 'different' },
  decided: 'The decision was recorded',
  ask: { OPEN: 'Decide on these two entries anew?', SAME: 'Are these two entries the same?', DIFFERENT: 'Are these two entries different?' },
  act: { OPEN: 'Decide anew', SAME: 'They are the same', DIFFERENT: 'They are different', notYours: 'decided by the departments that own them' },
  panel: {
    title: 'Similar entries', alarm: '{n} existing entry is very like this | {n} existing entries are very like this', look: 'Please look first: what can be shared need not be built again. If it must be new, say in its purpose what is different.', calm: 'Compared with {n} entries; none is very like it. The nearest are:', nothing: 'Compared with {n} entries; none is like it.', hidden: '{n} more is outside of what you may see. | {n} more are outside of what you may see.',
  },
  precedent: {
    title: 'Similar requests and data', requests: 'Similar requests', datasets: 'Similar datasets', alarm: '{n} existing request is very like this | {n} existing requests are very like this', look: 'Please look first: what was granted can be used; what was refused says why.',
  },
  list: {
    sentence: 'Showing pairs of {type}: {decision}', ledger: 'Ledger', anyLedger: 'all ledgers', decision: 'Decision', anyDecision: 'all', first: 'Entry', second: 'Is like', score: 'Likeness', reasons: 'Because', found: 'Found', acts: 'Acts', past: 'changed; no longer alike', empty: 'No possible duplicates', emptyHint: 'Entries are compared after each change and every night.',
  },
}
