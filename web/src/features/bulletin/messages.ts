export const zh = {
  title: '台账通报',
  help: '每月一次：各单位台账的规范率、排名、主要问题和改法。数字在制作时固定，以后不再变动。',
  empty: '还没有通报', emptyHint: '每月第一个工作日自动生成上月通报的草稿，由数据局查看后发送。',
  month: '月份', state: {
    DRAFT: '草稿', SENT: '待签收', ACKNOWLEDGED: '已签收', ANSWERED: '待核对', RETURNED: '已退回', ACCEPTED: '已通过', LEFT_OUT: '不发送',
  },
  bulletinState: { DRAFT: '草稿', SENT: '已发送' },
  kind: { CITY: '市本级', OFFICE: '部门', COUNTY: '区县', TOWN: '乡镇街道', ENTERPRISE: '企业' },
  column: {
    title: '通报', state: '状态', rate: '规范率', cityRate: '全市规范率', change: '较上月', letters: '通报函', acknowledged: '已签收', answered: '已回复', overdue: '逾期', sent: '发送时间',
    organisation: '单位', kind: '类别', place: '同类排名', entries: '条目数', standardised: '规范条目', score: '平均得分', due: '回复期限', ledger: '台账', rule: '规则', mend: '怎样改', failed: '条目数',
  },
  points: '个百分点',
  placeOf: '第 {place} / {places}',
  filter: {
    letters: '{kind}，{state}，{overdue}', words: '搜索单位', kind: '类别', anyKind: '各类单位', state: '状态', anyState: '任何状态', overdue: '期限', anyTerm: '不论期限', onlyOverdue: '只看逾期',
  },
  make: { act: '制作通报', title: '现在制作一份通报', month: '哪个月', help: '本月的数字取此刻的台账，过去的月份取当月最后留存的数字。制作后是草稿，发送前只有数据局能看到。', done: '通报已制作，请查看后发送' },
  send: { act: '发送', title: '发送{title}', hint: '将向 {n} 家单位送达通报函并开始计时，发送后不能再改。', done: '通报已发送' },
  draft: {
    title: '发送前', help: '可以补充一段话，写进每份通报函；也可以在下表中选出不发送的单位。', word: '补充说明', wordHelp: '至多 2,000 字，原样写入通报函。', save: '保存说明', saved: '说明已保存',
    leaveOut: '不发送所选 {n} 家', takeIn: '恢复发送所选 {n} 家', changed: '已保存',
  },
  city: { title: '全市情况', made: '{time} 制作', madeBy: '制作人', automatic: '平台自动', sentBy: '发送人', hash: '数字指纹', day: '数字日期', progress: '签收与回复' },
  answerOf: { trendUp: '全市规范率由 {from} 升至 {to}', trendDown: '全市规范率由 {from} 降至 {to}', trendStill: '全市规范率为 {to}', best: '最规范的台账是“{name}”（{rate}）', ownUp: '本单位规范率由 {from} 升至 {to}', ownDown: '本单位规范率由 {from} 降至 {to}', ownStill: '本单位规范率为 {to}', above: '{n} 类台账好于全市平均', none: '没有台账' },
  ranking: '各单位排名', rankingEmpty: '没有符合条件的单位',
  own: '本单位', whole: '全市',
  letter: {
    pdf: '下载 PDF', cover: '通报', word: '数据局补充', figures: '本月数字', ledgers: '各类台账', trend: '走势', rules: '主要问题与改法', noRules: '没有违反规则的条目', worst: '问题最多的条目', noWorst: '没有需要改正的条目',
    findings: '{n} 个问题', score: '得分 {score}', process: '办理过程', timeline: '经过', escalated: '已逾期并上报数据局和单位领导', leftOutHint: '这份通报函不发送。', draftHint: '草稿，尚未发送。', hash: '数字指纹（SHA-256）', figuresFile: '下载固定的数字',
  },
  act: {
    title: '办理', acknowledge: '签收', acknowledged: '已签收', acknowledgedBy: '{by} 签收', answer: '回复整改措施', measures: '整改措施', measuresHelp: '哪些条目、怎样改、谁负责；至多 5,000 字。', mendedBy: '完成时限', send: '提交回复', answered: '回复已提交',
    accept: '通过', return: '退回', accepted: '回复已通过', returned: '回复已退回', returnTitle: '退回{organisation}的回复', returnHint: '请写明还缺什么，对方须在新的期限内重新回复。', acceptTitle: '通过{organisation}的回复', waiting: '等待{organisation}办理', checking: '等待数据局核对', reply: '回复', by: '{by} 回复', until: '完成时限：{day}', returnedReason: '退回理由', acceptedReason: '核对意见',
    mustMeasures: '请写明整改措施', tooLong: '至多 5,000 字', mustDay: '请选择完成时限', pastDay: '完成时限不能早于今天',
  },
  event: { sent: '发送', acknowledged: '签收', answered: '回复', returned: '退回', accepted: '通过' },
}

export const en: typeof zh = {
  title: 'Bulletins',
  help: 'Once a month: how standardised each organisation’s ledgers are, its place, what is wrong and how to mend it. The figures are frozen when the bulletin is made.',
  empty: 'No bulletins yet', emptyHint: 'On the first working day of a month the draft about the last one is made; the data office looks at it and sends it.',
  month: 'Month', state: {
    DRAFT: 'Draft', SENT: 'To acknowledge', ACKNOWLEDGED: 'Acknowledged', ANSWERED: 'To check', RETURNED: 'Returned', ACCEPTED: 'Accepted', LEFT_OUT: 'Not sent',
  },
  bulletinState: { DRAFT: 'Draft', SENT: 'Sent' },
  kind: { CITY: 'City', OFFICE: 'Departments', COUNTY: 'Districts and counties', TOWN: 'Towns', ENTERPRISE: 'Enterprises' },
  column: {
    title: 'Bulletin', state: 'State', rate: 'Standardised', cityRate: 'City’s rate', change: 'Change', letters: 'Letters', acknowledged: 'Acknowledged', answered: 'Answered', overdue: 'Overdue', sent: 'Sent',
    organisation: 'Organisation', kind: 'Kind', place: 'Place in its kind', entries: 'Entries', standardised: 'Standardised entries', score: 'Mean score', due: 'Answer due', ledger: 'Ledger', rule: 'Rule', mend: 'How to mend', failed: 'Entries',
  },
  points: 'points',
  placeOf: '{place} of {places}',
  filter: {
    letters: '{kind}, {state}, {overdue}', words: 'Search organisations', kind: 'Kind', anyKind: 'any kind', state: 'State', anyState: 'any state', overdue: 'Deadline', anyTerm: 'any deadline', onlyOverdue: 'overdue only',
  },
  make: { act: 'Make a bulletin', title: 'Make a bulletin now', month: 'Of which month', help: 'This month is told by the ledgers of this moment, a past one by the last figures kept in it. It is a draft that only the data office sees until it is sent.', done: 'The bulletin is made; look at it and send it' },
  send: { act: 'Send', title: 'Send: {title}', hint: 'Letters go to {n} organisations and their clocks begin to run. It cannot be changed afterwards.', done: 'The bulletin is sent' },
  draft: {
    title: 'Before sending', help: 'You may add a word that stands in every letter, and choose below who gets none.', word: 'Your word', wordHelp: 'At most 2,000 characters; stands in the letters as it is.', save: 'Save the word', saved: 'Saved',
    leaveOut: 'Do not send the {n} chosen', takeIn: 'Send the {n} chosen again', changed: 'Saved',
  },
  city: { title: 'The whole city', made: 'Made {time}', madeBy: 'Made by', automatic: 'the platform', sentBy: 'Sent by', hash: 'Fingerprint', day: 'Figures of', progress: 'Acknowledged and answered' },
  answerOf: { trendUp: 'The city rose from {from} to {to}', trendDown: 'The city fell from {from} to {to}', trendStill: 'The city stands at {to}', best: 'Best kept: {name} ({rate})', ownUp: 'The organisation rose from {from} to {to}', ownDown: 'The organisation fell from {from} to {to}', ownStill: 'The organisation stands at {to}', above: '{n} ledger better than the city | {n} ledgers better than the city', none: 'No ledgers' },
  ranking: 'Ranking', rankingEmpty: 'No such organisation',
  own: 'Own', whole: 'City',
  letter: {
    pdf: 'Download PDF', cover: 'Bulletin', word: 'From the data office', figures: 'This month', ledgers: 'Ledgers', trend: 'Trend', rules: 'Rules broken most, and how to mend', noRules: 'No entry breaks a rule', worst: 'The worst entries', noWorst: 'No entry needs mending',
    findings: '{n} finding | {n} findings', score: 'score {score}', process: 'Process', timeline: 'What happened', escalated: 'Overdue; the data office and the organisation’s leader have been told', leftOutHint: 'This letter is not sent.', draftHint: 'A draft, not sent yet.', hash: 'Fingerprint (SHA-256)', figuresFile: 'Download the frozen figures',
  },
  act: {
    title: 'What to do', acknowledge: 'Acknowledge', acknowledged: 'Acknowledged', acknowledgedBy: 'Acknowledged by {by}', answer: 'Answer', measures: 'Measures', measuresHelp: 'Which entries, how, and who sees to it; at most 5,000 characters.', mendedBy: 'Mended by', send: 'Send the answer', answered: 'Answer sent',
    accept: 'Accept', return: 'Return', accepted: 'Answer accepted', returned: 'Answer returned', returnTitle: 'Return the answer of {organisation}', returnHint: 'Say what is missing; another answer is due within a new deadline.', acceptTitle: 'Accept the answer of {organisation}', waiting: 'Waiting for {organisation}', checking: 'Waiting for the data office', reply: 'Answer', by: 'Answered by {by}', until: 'Mended by {day}', returnedReason: 'Why it was returned', acceptedReason: 'Remark',
    mustMeasures: 'Say what will be done', tooLong: 'At most 5,000 characters', mustDay: 'Choose the day', pastDay: 'The day cannot be before today',
  },
  event: { sent: 'Sent', acknowledged: 'Acknowledged', answered: 'Answered', returned: 'Returned', accepted: 'Accepted' },
}
