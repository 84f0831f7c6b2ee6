export const zh = {
  title: '一本账',
  help: '有什么、归谁管、齐不齐，一本账说清。每类条目由一份类型文件定义，缺什么、怎么补都写明。',
  empty: '还没有台账', find: '按名称查找台账', sum: '{ledgers} 本台账，共 {entries} 条', otherCategory: '其他', isManaged: '由平台模块维护',
  entries: '{n} 条', rate: '规范率', standardised: '{n} 条已规范', notYet: '尚无条目',
  list: {
    sentence: '显示{organisation}的{state}，{standardised}，{removed}', search: '按名称、拼音或编号查找', organisation: '部门', anyState: '全部条目', state: '状态', empty: '这本账还没有条目', name: '名称', code: '编号', owner: '归属部门', findings: '缺项', updated: '更新时间', complete: '齐全', missing: '{n} 项待补',
    anyStandard: '不论是否规范', isStandard: '已规范', notStandard: '未规范', removed: '是否在册', present: '在册', isRemoved: '已移除', rule: '缺项规则', score: '得分', import: '表格导入',
  },
  facets: { title: '分类统计', none: '没有可统计的条目' },
  views: { title: '常用筛选', none: '还没有保存的筛选', name: '给当前筛选起个名', keep: '保存', kept: '已保存筛选“{name}”', remove: '删除筛选“{name}”', help: '设定筛选条件后，可在这里保存，下次一点即用。' },
  bulk: {
    whole: '选择符合条件的全部 {n} 条', isWhole: '已选符合条件的全部 {n} 条', onlyTicked: '只选勾选的', change: '批量修改', title: { wish: '批量修改', preview: '修改前先看结果', done: '批量修改的结果' }, what: '修改什么', field: '字段', state: '状态', owner: '归属部门',
    value: '“{name}”改为', valueHelp: '留空即清空该字段。', look: '先看结果', back: '返回修改', do: '修改 {n} 条', undo: '撤销这次修改', undoReason: '撤销：{reason}', undone: '已撤销，恢复 {n} 条', matched: '选中', changed: { preview: '将修改', done: '已修改', undone: '已恢复' }, unchanged: '无需修改', refused: '不能修改', nothing: '没有条目会被修改。',
    refusals: '不能修改的条目（列出 {shown} 条，共 {n} 条）', samples: '示例（{n} 条）',
  },
  field: { find: '输入名称或编号查找', notFound: '暂时查不到，请稍后再试', newTab: '（在新标签页打开）', shape: '图形，{n} 个坐标点', file: '文件', ending: '只接受 {accept} 文件', take: '移除“{name}”', choose: '选择文件', replace: '更换文件', others: { reference: '另 {n} 个条目', file: '另 {n} 个文件', person: '另 {n} 人' } },
  kind: { text: '文字', number: '数字', date: '日期', boolean: '是或否', code: '代码', division: '行政区划', organisation: '单位', person: '人员', reference: '引用', file: '文件', geometry: '位置' },
  severity: { BLOCKING: '必须补', FINDING: '应补', ADVICE: '建议' },
  form: {
    new: '登记条目', newIn: '登记条目 · {name}', add: '登记条目', added: '已登记“{title}”', owner: '归属部门', ownerHelp: '条目归哪个部门管；登记后可移交。', edit: '修改', editOf: '修改“{title}”', editHelp: '只有改动的字段会写入历史。草稿自动保存在平台上，换一台机器也能接着填。', save: '保存修改', saved: '已保存', reason: '修改理由', reasonHelp: '理由会写入留痕与历史。',
    newHelp: '必填项缺了也会列为待补，不会丢失已填内容。草稿自动保存在平台上。', group: '内容', givenHelp: '这类条目的编号由外部给出，例如行政区划代码。', restored: '已恢复上次未提交的内容，保存于', kept: '草稿已保存', notKept: '草稿暂时没能保存，请不要关闭页面',
    ahead: '保存后还有 {n} 项待补', aheadTitle: '待补事项', aheadHelp: '填写后在这里列出还缺什么。', aheadNone: '没有缺项', managed: '这本账由平台的业务模块维护', managedHint: '请到对应的业务页面登记或修改。', locked: '现在不能修改', lockedHint: '您没有修改本条目的权限，请联系归属部门。', removedHint: '条目已移除，恢复后才能修改。',
  },
  merge: {
    title: '您编辑期间，别人也修改了这个条目', help: '有 {n} 个字段两边都改了，请逐一选择；其余已自动合并。', none: '两边改的字段不同，已自动合并，核对后即可保存。', base: '原来', theirs: '对方', mine: '我的', both: '两边合并', others: '已自动合并的字段', field: '字段', taken: '采用', left: '还有 {n} 个字段没有选择', save: '按此保存', back: '返回继续编辑',
  },
  entry: {
    fields: '内容', links: '关联', findings: '待补事项', none: '没有缺项', open: '打开业务页面', back: '返回列表', facts: '要点', history: '变更历史', comments: '评论', attachments: '附件', noFields: '没有可显示的内容', mendHere: '去补充', score: '得分', points: '{n} 分', version: '版本', versionNumber: '第 {n} 版', created: '登记时间', updated: '更新时间', owner: '归属部门', ledger: '所在台账',
    oldVersion: '这是第 {n} 版，不是现在的内容', oldHelp: '可在变更历史中恢复到这一版。', toPresent: '看现在的', isRemoved: '条目已移除', removedHelp: '不再出现在列表、搜索和规范率中。移除于', acted: '已对“{title}”执行“{act}”', askAct: '{act}：“{title}”', remove: '移除', askRemove: '移除“{title}”', removeHelp: '移除后不再出现在列表、搜索和规范率中；历史保留，可随时恢复。', removedNow: '已移除“{title}”', bringBack: '恢复在册', askBack: '恢复“{title}”', broughtBack: '“{title}”已恢复在册',
    act: { add: '登记', change: '修改', publish: '发布', withdraw: '撤回', load: '装载数据', restore: '恢复到旧版', serve: '上线', fail: '准备失败', refresh: '更新数据', confirm: '确认各列', describe: '说明各列', build: '开工', try: '试运行', launch: '上线', retire: '下线', remove: '移除', 'bring-back': '恢复在册', transfer: '移交', import: '导入', bulk: '批量修改', undo: '撤销批量修改', other: '办理' },
  },
  links: { graph: '关系图', label: '“{title}”的关系图', table: '关系清单', from: '引用方', as: '关系', to: '被引用方', none: '还没有关联', noneHelp: '填写引用类字段，或被别的条目引用后，这里会显示关系。', most: '只显示最近的 {n} 个条目。' },
  history: { filter: '按字段筛选', all: '全部变更', show: '看这一版', restore: '恢复到这一版', restored: '已恢复到第 {n} 版的内容', ask: '把“{title}”恢复到第 {n} 版', help: '恢复会生成一个新版本，现在的内容留在历史里。您无权修改的字段保持不变。', older: '更早的变更', noneOfField: '已读到的变更里没有这个字段，可继续看更早的。' },
  comment: { none: '还没有评论', noneHelp: '有疑问、有补充，写在这里，归属部门看得到。', say: '写评论', send: '发表', remove: '删除评论', ask: '删除这条评论' },
  attachment: { none: '还没有附件', add: '添加附件', removed: '已移除“{name}”', remove: '移除附件', ask: '移除附件“{name}”' },
  transfer: { ask: '移交给其他部门', title: '移交“{title}”', help: '对方接收后，条目归对方管；接收前仍由本部门管。', to: '移交给', same: '条目已归这个部门', send: '提出移交', sent: '已提出移交“{title}”，等待对方接收', waits: '{by}已提出移交给{name}，等待接收，提出于' },
  transfers: {
    title: '待接收的条目', help: '其他部门想移交给本部门的条目。接收后归本部门管。', none: '没有等待接收的条目', way: '由{from}移交给{to}', accept: '接收', decline: '退回', ask: { accept: '接收“{title}”', decline: '退回“{title}”' }, acceptHelp: '接收后由本部门负责，{from}不再能修改。', done: { accept: '已接收“{title}”', decline: '已退回“{title}”' },
  },
  type: {
    title: '类型定义', of: '{name} · 类型定义', facts: '第 {version} 版，编号规则 {identifier}', toList: '看条目', fields: '字段', states: '状态', rules: '规范规则', versions: '版本', editor: '编辑', field: '字段', kind: '类型', asks: '要求', many: '，可多个', refers: '所引用的台账', someCodes: '{codes} 等 {n} 项', when: '当“{field}”为 {values} 时填写', longest: '最多 {n} 字', pattern: '须符合 {pattern}', least: '不小于 {n}', most: '不大于 {n}', decimals: '最多 {n} 位小数', unit: '单位：{unit}', accept: '文件类型：{accept}',
    diagram: '状态图', diagramLabel: '状态图，状态有 {states}', legend: '蓝框为初始状态，虚线框为终止状态，虚线箭头为退回。', acts: '可办理的动作', noActs: '没有状态变更', act: '动作', from: '从', to: '到', conditions: '条件', reason: '须说明理由', sound: '必须补的缺项已补齐', gate: '通过上线检查',
    noRules: '没有规范规则', rulesHelp: '共 {n} 条规则，权重合计 {weight}。得分按权重计算；没有“必须补”和“应补”的缺项，条目就算规范。', weight: '权重 {n}', serves: '对应要求 {row}', whoFails: '看哪些条目不符合', expression: '判断式', origin: '来源', origins: { FILE: '城市文件', WEB: '页面编辑' }, author: '提出人', activated: '生效时间', state: { ACTIVE: '生效中', PROPOSED: '待生效', RETIRED: '已停用' }, text: '查看文本', compare: '两版对比', oneVersion: '只有一个版本，无可对比',
    proposed: '有一个待生效的版本：第 {n} 版', proposedHelp: '城市文件里的类型有改动，会影响已有条目，须由人确认后生效。', look: '查看影响', isProposal: '这是城市文件带来的第 {n} 版，尚未生效。核对右侧影响后，可以生效，也可以改了再生效。', textOf: '“{name}”的类型文件', activate: '使其生效', check: '检查', difference: '与现行版本的差异', reset: '放弃改动', unchanged: '与现行版本相同', checking: '正在检查', notChecked: '未能检查，请重试', hasErrors: '先改正 {n} 处错误', ask: '使“{name}”的新类型生效', done: '“{name}”的新类型已生效', harmless: '不会丢失内容，也不会使现有的值无效。', harmful: '会丢失内容或使现有的值无效，请先看右侧影响。', inForce: '这是现行版本。',
    errors: '{n} 处错误', line: '第 {line} 行第 {column} 列', consequences: '对已有条目的影响', looked: '已逐条核对全部 {all} 条', lookedSome: '已核对最新的 {n} 条，共 {all} 条', lostField: '字段“{name}”被删除，{n} 条有值', lostState: '状态“{name}”被删除，{n} 条处于该状态', invalid: '{n} 条的现有值将不合要求', before: '现在规范', after: '生效后规范',
  },
  rates: {
    title: '规范率', help: '条目没有“必须补”和“应补”的缺项，就算规范。点开任一行，可看到对应的条目。', ledger: '台账', allLedgers: '所有台账', entries: '条目', whole: '全部条目的规范率', of: '{entries} 条中 {standardised} 条已规范', trend: '规范率走势', rise: '自 {day} 以来，规范率由 {from} 升至 {to}', fall: '自 {day} 以来，规范率由 {from} 降至 {to}', still: '自 {day} 以来，规范率保持在 {to}', young: '再积累几天才有走势', byLedger: '按台账', byOrganisation: '按部门', byRule: '按规则', failed: '不符合', share: '不符合的占比', lowest: '规范率最低的是{name}，{rate}', drawn: '规范率最低的 {n} 个部门', none: '还没有可统计的条目', noneHelp: '登记条目后，每天汇总一次。', noRules: '没有条目不符合规则',
  },
}

export const en: typeof zh = {
  title: 'Ledgers',
  help: 'What exists, whose it is and whether it is complete. Each kind of entry is defined by a type file; what is missing and how to mend it is said.',
  empty: 'No ledgers yet', find: 'Find a ledger by name', sum: '{ledgers} ledgers with {entries} entries', otherCategory: 'Others', isManaged: 'Kept by a module of the platform',
  entries: '{n} entries', rate: 'Standardised', standardised: '{n} standardised', notYet: 'no entries yet',
  list: {
    sentence: 'Showing {state} of {organisation}, {standardised}, {removed}', search: 'Find by name, pinyin or code', organisation: 'Department', anyState: 'all entries', state: 'State', empty: 'This ledger has no entries yet', name: 'Name', code: 'Code', owner: 'Owner', findings: 'Findings', updated: 'Updated', complete: 'complete', missing: '{n} to mend',
    anyStandard: 'standardised or not', isStandard: 'standardised', notStandard: 'not standardised', removed: 'On the books', present: 'on the books', isRemoved: 'removed', rule: 'Rule', score: 'Score', import: 'Import a sheet',
  },
  facets: { title: 'Counts', none: 'No entries to count' },
  views: { title: 'Saved filters', none: 'No filters saved yet', name: 'Name the present filter', keep: 'Save', kept: 'Filter “{name}” saved', remove: 'Delete the filter “{name}”', help: 'Set a filter, then save it here for next time.' },
  bulk: {
    whole: 'Select all {n} that match', isWhole: 'All {n} that match are selected', onlyTicked: 'Only the ticked ones', change: 'Change together', title: { wish: 'Change many entries', preview: 'What it would do', done: 'What it did' }, what: 'What to change', field: 'Field', state: 'State', owner: 'Owner',
    value: '“{name}” becomes', valueHelp: 'Left empty, the field is emptied.', look: 'Look at the result first', back: 'Back', do: 'Change {n}', undo: 'Take this change back', undoReason: 'Taken back: {reason}', undone: 'Taken back, {n} as before', matched: 'Selected', changed: { preview: 'Would change', done: 'Changed', undone: 'As before' }, unchanged: 'Already so', refused: 'Refused', nothing: 'No entry would change.',
    refusals: 'Refused ({shown} of {n} listed)', samples: 'Examples ({n})',
  },
  field: { find: 'Type a name or code', notFound: 'Cannot search just now; please try again shortly', newTab: '(opens in a new tab)', shape: 'a shape of {n} positions', file: 'File', ending: 'Only {accept} files are taken', take: 'Take away “{name}”', choose: 'Choose a file', replace: 'Choose another file', others: { reference: '{n} other entries', file: '{n} other files', person: '{n} other people' } },
  kind: { text: 'Text', number: 'Number', date: 'Date', boolean: 'Yes or no', code: 'Code', division: 'Division', organisation: 'Organisation', person: 'Person', reference: 'Reference', file: 'File', geometry: 'Place' },
  severity: { BLOCKING: 'must be mended', FINDING: 'to mend', ADVICE: 'advice' },
  form: {
    new: 'Add an entry', newIn: 'Add an entry · {name}', add: 'Add entry', added: '“{title}” was added', owner: 'Owner', ownerHelp: 'The department that looks after the entry; it can be handed over later.', edit: 'Change', editOf: 'Change “{title}”', editHelp: 'Only what you change goes into the history. The draft is kept on the platform by itself, for any machine you sign in on.', save: 'Save changes', saved: 'Saved', reason: 'Reason', reasonHelp: 'The reason goes into the trace and the history.',
    newHelp: 'What is missing will be listed to be mended; nothing filled in is lost. The draft is kept on the platform by itself.', group: 'Content', givenHelp: 'Codes of these entries come from outside, for example division codes.', restored: 'Your unfinished entry is back, kept', kept: 'Draft kept', notKept: 'The draft could not be kept just now; please leave the page open',
    ahead: 'One thing would still be to mend | {n} things would still be to mend', aheadTitle: 'To mend', aheadHelp: 'As you fill in, what is missing is listed here.', aheadNone: 'Nothing is missing', managed: 'A module of the platform keeps this ledger', managedHint: 'Add or change the entry on the pages of that module.', locked: 'This cannot be changed now', lockedHint: 'You may not change this entry; ask the department that owns it.', removedHint: 'The entry was removed; bring it back first.',
  },
  merge: {
    title: 'Somebody else changed this entry while you did', help: 'One field was changed by both; please choose. The rest is merged. | {n} fields were changed by both; please choose. The rest is merged.', none: 'You changed different fields. They are merged; look them over, then save.', base: 'Before', theirs: 'Theirs', mine: 'Mine', both: 'Both together', others: 'Merged by itself', field: 'Field', taken: 'Taken', left: 'One field is still to choose | {n} fields are still to choose', save: 'Save this', back: 'Back to the form',
  },
  entry: {
    fields: 'Content', links: 'Links', findings: 'To mend', none: 'Nothing is missing', open: 'Open its page', back: 'Back to the list', facts: 'In short', history: 'History', comments: 'Comments', attachments: 'Files', noFields: 'There is no content to show', mendHere: 'Mend it', score: 'Score', points: '{n} points', version: 'Version', versionNumber: 'version {n}', created: 'Added', updated: 'Updated', owner: 'Owner', ledger: 'Ledger',
    oldVersion: 'This is version {n}, not how it is now', oldHelp: 'The history can bring this version back.', toPresent: 'See how it is now', isRemoved: 'The entry was removed', removedHelp: 'It no longer shows in lists, search and rates. Removed', acted: '“{act}” was done to “{title}”', askAct: '{act}: “{title}”', remove: 'Remove', askRemove: 'Remove “{title}”', removeHelp: 'It no longer shows in lists, search and rates. Its history stays, and it can be brought back.', removedNow: '“{title}” was removed', bringBack: 'Bring back', askBack: 'Bring back “{title}”', broughtBack: '“{title}” is back',
    act: { add: 'added it', change: 'changed it', publish: 'published it', withdraw: 'withdrew it', load: 'loaded data', restore: 'went back to an older version', serve: 'put it live', fail: 'failed to prepare it', refresh: 'refreshed it', confirm: 'confirmed columns', describe: 'described columns', build: 'began to build it', try: 'began its trial', launch: 'put it live', retire: 'took it offline', remove: 'removed it', 'bring-back': 'brought it back', transfer: 'handed it over', import: 'imported it', bulk: 'changed it with others', undo: 'took a change of many back', other: 'acted on it' },
  },
  links: { graph: 'Graph', label: 'What “{title}” hangs together with', table: 'Links', from: 'From', as: 'As', to: 'To', none: 'No links yet', noneHelp: 'Links show here once a field refers to another entry, or another entry refers to this one.', most: 'Only the nearest {n} entries are shown.' },
  history: { filter: 'Only one field', all: 'All changes', show: 'Show this version', restore: 'Go back to this', restored: 'The content of version {n} is back', ask: 'Take “{title}” back to version {n}', help: 'That makes a new version; how it is now stays in the history. Fields that you may not write stay as they are.', older: 'Earlier changes', noneOfField: 'None of the changes read so far is of this field; look at earlier ones.' },
  comment: { none: 'No comments yet', noneHelp: 'Ask or add something; the department that owns the entry sees it.', say: 'Write a comment', send: 'Post', remove: 'Delete comment', ask: 'Delete this comment' },
  attachment: { none: 'No files yet', add: 'Add a file', removed: '“{name}” was taken away', remove: 'Take away', ask: 'Take away the file “{name}”' },
  transfer: { ask: 'Hand over to another department', title: 'Hand over “{title}”', help: 'Once the other department takes it, it is theirs; until then it stays yours.', to: 'Hand over to', same: 'The entry is this department’s already', send: 'Ask them to take it', sent: 'Asked; “{title}” waits to be taken', waits: '{by} asked {name} to take it over,' },
  transfers: {
    title: 'Waiting to be taken over', help: 'Entries that other departments want to hand over to yours. Once taken, your department looks after them.', none: 'Nothing waits to be taken over', way: 'From {from} to {to}', accept: 'Take over', decline: 'Decline', ask: { accept: 'Take over “{title}”', decline: 'Decline “{title}”' }, acceptHelp: 'Your department then answers for it; {from} can no longer change it.', done: { accept: '“{title}” was taken over', decline: '“{title}” was declined' },
  },
  type: {
    title: 'Definition', of: '{name} · definition', facts: 'Version {version}, codes by {identifier}', toList: 'See the entries', fields: 'Fields', states: 'States', rules: 'Rules', versions: 'Versions', editor: 'Edit', field: 'Field', kind: 'Kind', asks: 'Asks', many: ', several', refers: 'the ledger it refers to', someCodes: '{codes} and more, {n} in all', when: 'Only when “{field}” is {values}', longest: 'At most {n} characters', pattern: 'Must match {pattern}', least: 'At least {n}', most: 'At most {n}', decimals: 'At most {n} digits after the point', unit: 'In {unit}', accept: 'Files: {accept}',
    diagram: 'Diagram of states', diagramLabel: 'Diagram of the states {states}', legend: 'Blue: where an entry begins. Dashed boxes: where it ends. Dashed arrows go back.', acts: 'What can be done', noActs: 'States do not change', act: 'Act', from: 'From', to: 'To', conditions: 'Conditions', reason: 'a reason', sound: 'nothing that must be mended is left', gate: 'the check before going live is passed',
    noRules: 'No rules', rulesHelp: '{n} rules with a weight of {weight} in all. The score counts by weight; an entry is standardised when nothing “must be mended” or is “to mend”.', weight: 'weight {n}', serves: 'serves {row}', whoFails: 'see who breaks it', expression: 'Expression', origin: 'From', origins: { FILE: 'the city’s files', WEB: 'these pages' }, author: 'By', activated: 'In force since', state: { ACTIVE: 'in force', PROPOSED: 'waiting', RETIRED: 'retired' }, text: 'See the text', compare: 'Compare two versions', oneVersion: 'There is only one version, nothing to compare',
    proposed: 'A version waits to come into force: {n}', proposedHelp: 'The type has changed in the city’s files in a way that touches entries; a person must put it in force.', look: 'See what it would do', isProposal: 'This is version {n} from the city’s files, not in force yet. See what it would do at the right, then put it in force, or change it first.', textOf: 'The type file of “{name}”', activate: 'Put in force', check: 'Check', difference: 'Compared with what is in force', reset: 'Drop changes', unchanged: 'It is the same as what is in force', checking: 'It is being checked', notChecked: 'It could not be checked; try again', hasErrors: 'Mend one mistake first | Mend {n} mistakes first', ask: 'Put the new type of “{name}” in force', done: 'The new type of “{name}” is in force', harmless: 'Nothing is lost and no value becomes wrong.', harmful: 'Something is lost or becomes wrong; see the consequences first.', inForce: 'This is what is in force.',
    errors: 'One mistake | {n} mistakes', line: 'Line {line}, column {column}', consequences: 'What it does to the entries', looked: 'All {all} entries were looked at', lookedSome: 'The newest {n} of {all} entries were looked at', lostField: 'The field “{name}” goes; {n} entries have it', lostState: 'The state “{name}” goes; {n} entries are in it', invalid: 'One entry has a value that it would refuse | {n} entries have values that it would refuse', before: 'Standardised now', after: 'Standardised then',
  },
  rates: {
    title: 'Rates', help: 'An entry is standardised when nothing “must be mended” or is “to mend”. Each row leads to its entries.', ledger: 'Ledger', allLedgers: 'All ledgers', entries: 'Entries', whole: 'Standardised of all', of: '{standardised} of {entries} entries are standardised', trend: 'The rate day by day', rise: 'Since {day} the rate rose from {from} to {to}', fall: 'Since {day} the rate fell from {from} to {to}', still: 'Since {day} the rate stayed at {to}', young: 'A few more days make a trend', byLedger: 'By ledger', byOrganisation: 'By department', byRule: 'By rule', failed: 'Fail', share: 'Share that fails', lowest: 'Lowest is {name} at {rate}', drawn: 'The {n} departments with the lowest rates', none: 'No entries to rate yet', noneHelp: 'Rates are summed up every day once there are entries.', noRules: 'No entry breaks a rule',
  },
}
