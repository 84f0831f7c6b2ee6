export const zh = {
  title: '一本账',
  help: '有什么、归谁管、齐不齐，一本账说清。每类条目由一份类型文件定义，缺什么、怎么补都写明。',
  empty: '还没有台账',
  entries: '{n} 条', rate: '规范率', standardised: '{n} 条已规范', notYet: '尚无条目',
  list: {
    sentence: '显示{organisation}的{state}', search: '按名称或编号查找', organisation: '部门', anyState: '全部条目', state: '状态', empty: '这本账还没有条目', name: '名称', code: '编号', owner: '归属部门', findings: '缺项', updated: '更新时间', complete: '齐全', missing: '{n} 项待补',
  },
  form: { new: '登记条目', add: '登记条目', added: '已登记“{title}”', owner: '归属部门', edit: '修改', save: '保存修改', saved: '已保存', reason: '修改理由', reasonHelp: '理由会写入留痕与历史。', newHelp: '必填项缺了也会列为待补，不会丢失已填内容。', group: '内容' },
  entry: { fields: '内容', findings: '待补事项', none: '没有缺项', open: '打开业务页面', back: '返回列表', facts: '要点', history: '变更历史', mend: '怎么补：{text}', act: { add: '登记', change: '修改', publish: '发布', withdraw: '撤回', load: '装载数据', restore: '恢复', serve: '上线', fail: '准备失败', refresh: '更新数据', confirm: '确认各列', describe: '说明各列', build: '开工', try: '试运行', launch: '上线', retire: '下线' }, updated: '更新时间', owner: '归属部门', ledger: '所在台账' },
}

export const en: typeof zh = {
  title: 'Ledgers',
  help: 'What exists, whose it is and whether it is complete. Each kind of entry is defined by a type file; what is missing and how to mend it is said.',
  empty: 'No ledgers yet',
  entries: '{n} entry | {n} entries', rate: 'Standardised', standardised: '{n} standardised', notYet: 'no entries yet',
  list: {
    sentence: 'Showing {state} of {organisation}', search: 'Find by name or code', organisation: 'Department', anyState: 'all entries', state: 'State', empty: 'This ledger has no entries yet', name: 'Name', code: 'Code', owner: 'Owner', findings: 'Findings', updated: 'Updated', complete: 'complete', missing: '{n} to mend',
  },
  form: { new: 'Add an entry', add: 'Add entry', added: '“{title}” was added', owner: 'Owner', edit: 'Change', save: 'Save changes', saved: 'Saved', reason: 'Reason', reasonHelp: 'The reason goes into the trace and the history.', newHelp: 'What is missing will be listed to be mended; nothing filled in is lost.', group: 'Content' },
  entry: { fields: 'Content', findings: 'To mend', none: 'Nothing is missing', open: 'Open its page', back: 'Back to the list', facts: 'In short', history: 'History', mend: 'How: {text}', act: { add: 'added it', change: 'changed it', publish: 'published it', withdraw: 'withdrew it', load: 'loaded data', restore: 'restored it', serve: 'put it live', fail: 'failed to prepare it', refresh: 'refreshed it', confirm: 'confirmed columns', describe: 'described columns', build: 'began to build it', try: 'began its trial', launch: 'put it live', retire: 'took it offline' }, updated: 'Updated', owner: 'Owner', ledger: 'Ledger' },
}
