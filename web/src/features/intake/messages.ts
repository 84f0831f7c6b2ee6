export const zh = {
  title: '批量导入',
  step: { file: '选择文件', columns: '对应各列', check: '核对', apply: '写入' },
  start: {
    help: '从表格批量新增或更新条目。先核对，确认后才写入。', hint: 'xlsx、csv 或 jsonl，最大 500 MB', template: '下载模板', csv: 'CSV 模板',
    note1: '模板带有列名、填写说明和下拉选项；也可以直接用自己的表，下一步对应各列。', note2: '编码已在台账中的行会更新该条目，其余新增。', note3: '从列表导出的文件改好后可以直接导入。',
    recent: '近来的导入', none: '还没有导入过', noneHint: '选择一个文件开始。',
  },
  field: { file: '文件', state: '状态', maker: '导入人', created: '时间', outcome: '结果', size: '大小', rows: '行数' },
  outcome: '新增 {added}，更新 {changed}，未变 {same}，退回 {refused}',
  match: {
    title: '对应各列', help: '左边是文件里的列和几个值，右边选择它对应的字段；不需要的列选“不导入”。', column: '文件中的列', samples: '值', target: '对应到', none: '不导入', unnamed: '第 {n} 列（没有列名）',
    unmatched: '{n} 列没有对应，不会导入', sheet: '工作表', header: '列名所在行', options: '选项', organisation: '没有写明单位的新条目归', decode: '还原网页编码的字符（如 &amp;amp; 还原为 &amp;）', fill: '合并的单元格都用第一个的值', blank: '空单元格清空原来的值',
    missing: '没有列对应到必填的：{names}', toCheck: '开始核对', again: '改列的对应',
  },
  check: {
    running: '正在核对', hint: '核对不会写入任何内容。可以离开这个页面，回来时进度还在。', added: '新增', changed: '更新', same: '未变', refused: '退回', standardised: '规范的', rows: '已读 {n} 行',
    good: '全部 {n} 行可以写入', some: '{n} 行要改，其余 {ok} 行可以写入', nothing: '没有可以写入的行',
    findings: '要改的地方', row: '行', place: '列', value: '值', wrong: '问题', mend: '怎么改', any: '所有问题', sort: '{column}：{name}（{n}）', download: '下载要改的行', downloadAll: '下载全部并标出', csv: 'CSV',
    sendMended: '改好后再导入', notices: '说明', count: '{n} 处', firstRow: '首见于第 {n} 行', samples: '将更新的条目（举例）', apply: '写入 {n} 行', whole: '整行',
  },
  apply: {
    running: '正在写入', hint: '分批写入，停止后已写入的部分保留，可以继续。', done: '写入完成', stopped: '已停止，写入了一部分', go: '继续写入', stop: '停止', list: '查看台账', more: '再导入一个文件',
    undo: '撤销这次导入', undoHint: '此后没有改动过的条目恢复原样，新增的删除。', undone: '撤销了 {n} 条，{refused} 条因已有改动未撤销',
  },
  act: { discard: '删除', discardTitle: '删除导入“{file}”', discardHint: '只删除文件和核对结果，已写入的条目不受影响。' },
}

export const en: typeof zh = {
  title: 'Import',
  step: { file: 'Choose a file', columns: 'Match columns', check: 'Check', apply: 'Apply' },
  start: {
    help: 'Adds and changes many entries from a table. Everything is checked before anything is written.', hint: 'xlsx, csv or jsonl, up to 500 MB', template: 'Download the template', csv: 'Template as CSV',
    note1: 'The template has the names, how to fill them in and lists to choose from; a table of your own is fine too, its columns are matched next.', note2: 'A row whose code is in the ledger changes that entry; others are added.', note3: 'A file exported from the list can be changed and imported as it is.',
    recent: 'Recent imports', none: 'Nothing has been imported yet', noneHint: 'Choose a file to begin.',
  },
  field: { file: 'File', state: 'State', maker: 'By', created: 'When', outcome: 'Outcome', size: 'Size', rows: 'Rows' },
  outcome: '{added} added, {changed} changed, {same} the same, {refused} refused',
  match: {
    title: 'Match columns', help: 'On the left the columns of the file with some values, on the right the field that each goes to. Leave out what is not needed.', column: 'Column of the file', samples: 'Values', target: 'Goes to', none: 'Left out', unnamed: 'Column {n} (without a name)',
    unmatched: '{n} columns go nowhere and are left out', sheet: 'Sheet', header: 'Row of the headings', options: 'Options', organisation: 'New entries without an organisation belong to', decode: 'Turn HTML entities (such as &amp;amp;) into characters', fill: 'Merged cells all take the value of the first', blank: 'Empty cells empty the field',
    missing: 'No column goes to what is required: {names}', toCheck: 'Check', again: 'Change the columns',
  },
  check: {
    running: 'Checking', hint: 'Nothing is written. You may leave the page and come back.', added: 'Added', changed: 'Changed', same: 'The same', refused: 'Refused', standardised: 'Standardised', rows: '{n} rows read',
    good: 'All {n} rows can be written', some: '{n} rows are to be mended, the other {ok} can be written', nothing: 'No row can be written',
    findings: 'What to mend', row: 'Row', place: 'Column', value: 'Value', wrong: 'What is wrong', mend: 'How to mend', any: 'everything', sort: '{column}: {name} ({n})', download: 'Download the rows to mend', downloadAll: 'Download all, marked', csv: 'CSV',
    sendMended: 'Import the mended file', notices: 'To know', count: '{n} times', firstRow: 'first in row {n}', samples: 'Entries that would change (some)', apply: 'Write {n} rows', whole: 'whole row',
  },
  apply: {
    running: 'Writing', hint: 'It is written in parts. What is written stays when it is stopped, and it can go on.', done: 'Written', stopped: 'Stopped; a part is written', go: 'Go on', stop: 'Stop', list: 'To the ledger', more: 'Import another file',
    undo: 'Take this import back', undoHint: 'Entries that nobody changed since become as they were; added ones are removed.', undone: '{n} taken back, {refused} not, since they changed',
  },
  act: { discard: 'Discard', discardTitle: 'Discard the import “{file}”', discardHint: 'The file and what the check found go; entries that were written stay.' },
}
