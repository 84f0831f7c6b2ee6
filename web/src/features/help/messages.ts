export const zh = {
  title: '使用说明',
  lead: '一张表，从部门到用数的程序，要走八步。每一步谁来做、在哪里做、留下什么，这里说清楚。',
  where: '去这里做', who: '谁来做', left: '留下什么',
  step: {
    bring: { title: '归集一张表', text: '上传 CSV、TSV、Excel、JSON Lines 或 Parquet 文件。平台识别编码与分隔符，先给预览，确认后才装载；不合格的行进入退回文件，写明行号、列和原因，一行也不悄悄丢掉。', who: '数据所属部门的经办人', left: '可追溯到快照的数据表、退回文件' },
    describe: { title: '说明并定级', text: '平台逐列画像，识别身份证号、统一社会信用代码、手机号、地址等，给出数据元与 L1 至 L4 级别的建议和理由，由人确认。规则列出编目缺什么、怎么补。', who: '经办人说明，审批人发布', left: '编目条目、每次改动的前后对照' },
    publish: { title: '发布接口', text: '选定查询键与返回字段，接口一秒内在网关上线，自带 OpenAPI 文档与试用页。', who: '数据所属部门', left: '接口台账' },
    ask: { title: '申请', text: '其他部门用中文、全拼或首字母找到数据，选字段，写明用途、依据和期限。规则能判的当场判；不能判的，由数据所属部门在规定的工作日内决定，逾期提醒并上报。', who: '用数部门的经办人申请，数据所属部门的审批人决定', left: '申请、理由、决定与时限' },
    call: { title: '调用', text: '应用用自己的密钥为每次请求签名，只得到获准的字段，按级别脱敏，不超过配额。授权一经撤销，一秒内失效。', who: '用数部门的程序', left: '每次调用一条记录' },
    prove: { title: '取信', text: '记录先落盘，数据后放行；日志只能追加。任何人拿着检查点即可离线核验，数据集页面列出谁在何时为何用途得到了什么。', who: '安全员、审计，或任何人', left: '可离线核验的留痕' },
    investigate: { title: '倒查', text: '有人问自己的数据给过谁，或者有文件外泄：写明事由和依据，平台列出每一次交付，或按解释程度排出可能的来源，并说明巧合的可能。分不清的如实说分不清；涉及 L4 须另一人同意；结果可打包成不依赖平台也能核验的证据。', who: '安全员，另一人同意', left: '倒查的全过程、结果与证据包' },
    count: { title: '计数', text: '数据集、编目规范率、有效共享率、逾期申请、今日调用：每个数字都有公式、目标与走势，点开就是背后的记录。', who: '领导与数据管理员', left: '随时可查证的指标' },
  },
  keys: { title: '省力的按键', slash: '搜索任何内容', tab: '依次到达每个控件', escape: '关闭弹出的内容', arrows: '在搜索结果与菜单中移动' },
  grades: { title: '数据级别', text: '级别总以字母和数字标出，颜色只作辅助。' },
  gradeText: { L1: '可以公开', L2: '内部使用，无条件共享时规则可直接同意', L3: '须数据所属部门同意，按需脱敏', L4: '须数据所属部门同意并脱敏，不对社会开放' },
}

export const en: typeof zh = {
  title: 'How it works',
  lead: 'From a department’s table to the program that uses it there are eight steps. Who does each, where, and what it leaves behind.',
  where: 'Do it here', who: 'Who', left: 'What stays',
  step: {
    bring: { title: 'Bring a table', text: 'Upload CSV, TSV, Excel, JSON Lines or Parquet. The platform finds encoding and separator, shows a preview, and loads only after you confirm. Bad rows go to a rejects file with line, column and reason; none is dropped in silence.', who: 'A clerk of the department that owns the data', left: 'A table with snapshots, and the rejects' },
    describe: { title: 'Describe and grade', text: 'Each column is profiled; resident IDs, credit codes, phones, addresses and more are recognised, and an element and a grade from L1 to L4 suggested with the reason. A person confirms. Rules list what the entry lacks and how to mend it.', who: 'A clerk describes, an approver publishes', left: 'A catalogue entry, and each change before and after' },
    publish: { title: 'Publish an interface', text: 'Choose key fields and returned fields; within a second the interface is live at the gateway, with its OpenAPI document and a page to try it.', who: 'The owning department', left: 'An entry in the interface ledger' },
    ask: { title: 'Ask', text: 'Another department finds the data by Chinese words, pinyin or initials, chooses fields and states purpose, legal basis and end date. Rules decide at once where they may; else the owner decides within working days, with reminders and escalation.', who: 'A clerk asks, the owner’s approver decides', left: 'The request, the reasons, the decision and its time' },
    call: { title: 'Call', text: 'The application signs each request with its own key and gets only the granted fields, masked by grade, within its quota. A revocation bites in under a second.', who: 'The using department’s program', left: 'One record for each call' },
    prove: { title: 'Prove', text: 'The record is on disk before the data leaves, and the log can only grow. Anyone with a checkpoint can verify offline; a dataset’s page lists who received what, when, and for which purpose.', who: 'Security officers, auditors, anyone', left: 'A trace that can be verified offline' },
    investigate: { title: 'Investigate', text: 'Somebody asks who received their data, or a file leaked: say why and on whose order, and the platform lists every delivery, or ranks possible sources by how well they explain the file, with the chance that it is coincidence. What cannot be told apart is said to be so; L4 needs a second person; the result can be packed as evidence that verifies without the platform.', who: 'A security officer, with a second person’s consent', left: 'The whole investigation, its result and the evidence' },
    count: { title: 'Count', text: 'Datasets, standardisation, effective sharing, overdue requests, calls today: each number has formula, target and trend, and opens to the records behind it.', who: 'Leaders and data stewards', left: 'Indicators that can be checked at any time' },
  },
  keys: { title: 'Keys that save time', slash: 'Search everything', tab: 'Reach each control in turn', escape: 'Close what has opened', arrows: 'Move in results and menus' },
  grades: { title: 'Grades of data', text: 'A grade always stands as letter and number; colour only helps.' },
  gradeText: { L1: 'May be open', L2: 'For internal use; rules may approve when sharing is unconditional', L3: 'Needs the owner’s consent, masked where needed', L4: 'Needs the owner’s consent and masking; never opened to the public' },
}
