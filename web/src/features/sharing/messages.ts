export const zh = {
  responsible: { name: '指定密钥负责人', title: '“{name}”的密钥负责人', help: '负责人离岗、审查失效或服务商出局时，应用随即暂停调用。', resumes: '指定另一位在岗的负责人后，应用恢复调用；原负责人见过的密钥将被吊销，请生成新密钥。', responsible: '密钥负责人', entry: '应用目录条目', reason: '理由', none: '未指定', save: '保存', done: '已指定密钥负责人', suspended: '应用已暂停调用' },
  title: { interfaces: '共享接口', interface: '接口', requests: '申请审批', request: '申请', ask: '申请使用数据', resubmit: '修改后重新提交', grants: '授权', grant: '授权', applications: '应用', application: '应用' },
  word: { and: '、', facts: '要点', calls: '次', platform: '平台', quota: '每秒 {second} 次，每天 {day} 次', quotaInAll: '每秒 {second} 次，每天 {day} 次，共 {all} 次' },
  field: {
    interface: '接口', dataset: '数据集', owner: '提供单位', organisation: '所属单位', state: '状态', grade: '级别', keys: '查询键', fields: '字段', rows: '行数', grants: '授权', published: '发布', publishedBy: '发布人', id: '标识',
    pageLimit: '每页最多行数', field: '字段', name: '字段名', type: '类型', use: '用作', description: '说明', mask: '脱敏', application: '应用', applicationName: '应用名称', purpose: '用途', legalBasis: '法律依据', matter: '办理事项', validUntil: '有效期至',
    perSecond: '每秒最多', perDay: '每天最多', perMonth: '每月最多', inAll: '总共最多', quota: '配额', validity: '有效期', number: '编号', asked: '申请内容', by: '申请单位', due: '期限', created: '提交', receiver: '使用单位', calls: '调用次数', lastCall: '最近调用', registered: '登记时间',
  },
  quota: {
    title: '调用限额', help: '对一个应用、一个接口或一个单位的全部调用设的上限，与各授权自己的配额同时生效，由所有网关共同计数。', none: '未设上限', empty: '还没有设限额', emptyHint: '只受各授权自己的配额约束。',
    set: '设置限额', change: '修改限额', lift: '取消限额', of: '对象', kind: { APPLICATION: '应用', INTERFACE: '接口', ORGANISATION: '单位' }, anyKind: '全部对象', sentence: '显示{kind}的限额', search: '按名称或理由查找',
    usedToday: '今日已用', usedMonth: '本月已用', usedInAll: '累计已用', ofMost: '{used} / {most}', changed: '修改', reason: '理由', reasonHelp: '写进留痕，也会显示在这里。', keep: '保存限额', done: '限额已保存，网关随即执行', lifted: '限额已取消',
    dialog: '“{name}”的调用限额', dialogHelp: '留空的项不设上限。', newOrganisation: '为单位设限额', choose: '选择单位', needOne: '至少填写一项', needReason: '请写明理由', needSubject: '请选择单位', liftTitle: '取消“{name}”的限额？', liftHint: '之后只受各授权自己的配额约束。', leased: '网关成批预留次数，因此可能比实际调用略多。',
  },
  type: { TEXT: '文本', INTEGER: '整数', DECIMAL: '小数', BOOLEAN: '是否', DATE: '日期', TIMESTAMP: '时间' },
  mask: { none: '原样返回', NAME: '姓名脱敏', IDENTIFIER: '证件号脱敏', PHONE: '电话脱敏', ADDRESS: '地址脱敏', ACCOUNT: '账号脱敏', YEAR: '只留年份', HIDE: '全部隐去' },
  maskExample: { NAME: '王**', IDENTIFIER: '330502**********14', PHONE: '138****5678', ADDRESS: '吴兴区龙泉街道****', ACCOUNT: '****6621', YEAR: '1990', HIDE: '****' },
  ruling: { APPROVE: '同意', REVIEW: '须审批', REFUSE: '不同意', RETURN: '退回补充' },
  act: {
    toDatasets: '到数据目录查找', toDataset: '查看数据集', toInterfaces: '查找接口', ask: '申请使用', refresh: '用最新数据刷新', restore: '恢复上线', withdrawInterface: '撤回接口', downloadDocument: '下载 OpenAPI 文档', call: '发出调用', calls: '查看调用记录',
    newRequest: '新申请', newApplication: '登记应用', register: '登记', save: '保存', submit: '提交申请', resubmit: '重新提交', withdrawRequest: '撤回申请', revoke: '撤销授权', change: '修改', disable: '停用应用', enable: '启用应用',
    newKey: '新建密钥', makeKey: '生成密钥', rotate: '轮换', revokeKey: '吊销密钥', addresses: '来源地址', switchOff: '停用', switchOn: '启用', keepAddresses: '保存', downloadSecret: '下载为文件',
  },
  done: {
    refresh: '已开始刷新', withdraw: '接口已撤回', restore: '接口已恢复', asked: '申请已提交', withdrawn: '申请已撤回', revoked: '授权已撤销', saved: '已保存', application: '应用“{name}”已登记', enabled: '应用已启用', disabled: '应用已停用', keyRevoked: '密钥已吊销', keyChanged: '密钥已更改',
  },
  confirm: {
    refresh: '刷新接口“{name}”', refreshAct: '刷新', refreshHint: '用数据集的最新数据重新准备，期间仍以旧数据应答。', withdraw: '撤回接口“{name}”', withdrawAct: '撤回接口', withdrawHint: '所有应用的调用会立即被拒绝；授权保留，恢复后继续有效。',
    restore: '恢复接口“{name}”', restoreAct: '恢复上线', restoreHint: '仍有效的授权随即恢复可用。', withdrawRequest: '撤回申请 {number}', withdrawRequestHint: '撤回后审批即告结束；需要时可以重新申请。',
    revoke: '撤销{organisation}对“{name}”的授权', revokeHint: '一秒之内在所有网关生效，之后的调用都会被拒绝。撤销不能恢复，需要时请对方重新申请。', disable: '停用“{name}”', disableHint: '它的所有调用会立即被拒绝；启用后恢复。', enable: '启用“{name}”', enableHint: '它的有效密钥和授权随即可用。',
    revokeKey: '吊销密钥 {key}', revokeKeyHint: '用它签名的调用会立即被拒绝，且不能恢复。请确认新密钥已经启用。',
  },
  filter: {
    anyOrganisation: '全市各单位', anyState: '任何状态', anyTerm: '不论期限', overdue: '期限', onlyOverdue: '已逾期', interfaces: '{organisation}的、{state}的接口', interfaceWords: '按名称、数据集、字段查找',
    requests: '{state}的申请，{overdue}', requestWords: '按编号、用途、数据集查找', grants: '{state}的授权', applicationWords: '按名称、标识查找',
  },
  box: { mine: '我的申请', decide: '待我审批', organisation: '本单位', all: '全部', received: '我方获得', given: '我方给出' },
  empty: {
    mine: '您还没有申请', mineHint: '在数据目录中找到需要的数据集，点“申请使用”。', decide: '没有待您审批的申请', decideHint: '有新的申请会出现在这里，也会发消息给您。', organisation: '本单位没有申请', organisationHint: '同事提交的、别人向本单位申请的，都会列在这里。', all: '还没有申请', allHint: '在数据目录中找到需要的数据集，点“申请使用”。',
    received: '还没有获得授权', receivedHint: '申请获准之后，授权会列在这里。', given: '还没有给出授权', givenHint: '同意别人的申请之后，授权会列在这里。',
  },
  tab: { overview: '概况', document: '接口文档', samples: '调用示例', try: '试一试' },
  interface: {
    help: '按键查询的接口。申请获准后，应用即可签名调用。', none: '还没有接口', noneHint: '在数据集页面发布接口。', failed: '准备失败', failedHint: '请查看数据后重新刷新。', preparing: '正在准备数据', preparingHint: '准备好后自动上线，本页会随之更新。',
    address: '调用地址', call: '网关地址', key: '查询键，返回', returned: '返回',
  },
  document: { parameter: '参数', place: '位置', required: '必填', version: '版本 {version}', parameters: '参数', answers: '应答' },
  samples: { title: '怎样调用', application: '以哪个应用调用', applicationHelp: '选定后，示例中会填上应用的标识和密钥编号。', language: '语言', key: '用哪把密钥', curl: 'Shell', java: 'Java', python: 'Python', tiaoxi: '命令行', secret: '示例里不含密钥本身；运行前请填上创建密钥时保存的那一份。', none: '选一个接口，看怎样调用。' },
  try: {
    parameters: '参数', help: '真实调用：由平台以所选应用的名义签名，经过网关，计入配额并留痕。', as: '以哪个应用的名义', asHelp: '不选则用本单位的试用应用；没有授权的应用会被网关拒绝。', notLive: '接口不在线，暂不能试用。',
    nothing: '还没有调用', nothingHint: '填好参数，发出调用，请求与应答会显示在这里。', took: '用时 {time}', answer: '应答', request: '发出的请求', answerHeaders: '应答头', needed: '请填写“{label}”', notWhole: '“{label}”须为整数', notNumber: '“{label}”须为数字', notDay: '“{label}”须为存在的日期，如 2023-11-05', notTime: '“{label}”须为时间，如 2023-11-05T14:05:00Z', tooLong: '“{label}”过长',
  },
  ask: {
    help: '选字段、写用途，右侧会随时显示规则的判断：能否当场同意，或由谁、几个工作日内审批。', which: '申请哪个接口', whichHelp: '输入名称、数据集或单位查找。', noInterface: '这个数据集还没有在线的接口', noInterfaceHint: '请联系提供单位发布接口后再申请。',
    fields: '需要哪些字段（已选 {n} / {all}）', fieldsHelp: '只选办事必需的字段；级别越低，越可能当场同意。', onlyLow: '只选 L1、L2', shown: '返回的样子', who: '由哪个应用使用', whoHelp: '授权给应用，应用以自己的密钥签名调用。', why: '为什么需要', whyHelp: '写得具体，审批更快；获准后会写入每次调用的留痕。',
    purposeHelp: '用在哪项工作、哪个环节、替代什么材料。', basisHelp: '法律、法规、规章或“三定”职责的名称与条款；含 L3 及以上字段时必须写明。', matterHelp: '选填。政务服务事项的名称或编码。', howMuch: '期限与用量', inAllHelp: '留空则不限总次数', endHelp: '到期自动失效；可以提前重新申请。', refusedHint: '按规则不能同意，请调整字段或用途',
    again: '修改申请 {number}', againHelp: '按退回意见修改后重新提交，编号不变。', returnedBecause: '退回意见',
    needField: '至少选一个字段', needApplication: '请选择应用', needPurpose: '请填写用途', needEnd: '请填写到期日', pastEnd: '到期日须在今天之后', farEnd: '最长五年', needRate: '请填写合理的正整数',
  },
  assess: {
    title: '规则怎么看', early: '选好字段和应用后，这里会显示规则的判断；用途、依据、期限变了，判断随之更新。', APPROVE: '提交后当场同意', REVIEW: '需要审批', REFUSE: '按规则不能同意', APPROVEHint: '规则已能决定，无须等待。', REFUSEHint: '请看下面的理由，调整后再试。',
    until: '由{owner}审批，最迟 {n} 个工作日', by: '由{owner}审批',
  },
  rules: { title: '规则的判断', none: '没有命中任何规则', others: '另有 {n} 条规则未命中' },
  request: {
    help: '向别的单位申请数据，审批别人对本单位数据的申请。', title: '{organisation}申请“{name}”', process: '办理过程', why: '为什么申请', fields: '{n} 个字段', similar: '相似的往例（{n}）', timeline: '经过', toGrant: '查看授权',
  },
  decide: {
    title: '作出决定', outcome: '决定', reason: '理由', reasonHelp: '申请人会看到；写入留痕。', given: '给哪些字段，怎样脱敏', givenHelp: '可以少给，可以改脱敏方式。', maskOf: '“{label}”的脱敏方式',
    APPROVE: '授权随即下发到网关', RETURN: '请申请人补充后再提交', REFUSE: '申请到此为止', submit: '提交决定', submitAPPROVE: '批准并授权', submitRETURN: '退回补充', submitREFUSE: '不同意', taken: '您的决定没有提交，以先作出的为准。', see: '查看结果',
    escalated: '已逾期并上报，请尽快办理。', waiting: '正在审批', result: '决定', automatic: '由规则自动决定', by: '由 {name} 决定', waitingFor: '等待{owner}审批。',
    needOutcome: '请选择决定', needReason: '请写明理由，让申请人知道怎样改', needReasonApprove: '请写明同意的理由，例如“用途明确，已脱敏”', needReasonUnmasked: '取消了规则建议的脱敏，请写明理由', needReasonCut: '比申请的给得少，请写明理由', needField: '同意时至少给一个字段', badEnd: '须在今天之后，且不晚于申请的日期', badRate: '须为正整数，且不超过申请的数',
  },
  decided: { APPROVE: '已同意，授权已下发', REFUSE: '已作出不同意的决定', RETURN: '已退回' },
  happened: { submitted: '提交申请', assessed: '规则判断', approved: '同意', refused: '不同意', returned: '退回补充', withdrawn: '撤回申请', resubmitted: '重新提交', reminded: '催办', escalated: '上报' },
  grant: {
    tab: { facts: '授权内容', use: '使用情况' },
    help: '谁的哪个应用可以取哪些字段，到何时为止，每天多少次。', title: '{organisation}使用“{name}”', period: '{from} 至 {to}', gateway: '网关', since: '生效时间', took: '用时', enforced: '在各网关生效', stopped: '在各网关停用', notYet: '正在下发到网关。', trial: '试用授权：只供本单位在页面上试调。', used: '使用情况', revokedBy: '已由 {name} 撤销',
  },
  application: {
    help: '调用接口的程序。每个应用有自己的密钥、授权和配额。', none: '还没有应用', noneHint: '先登记应用，再以它的名义申请数据。', trial: '试用', active: '在用', keys: '密钥', lastUsed: '最近使用', change: '修改应用', nameHelp: '例如“一件事联办平台”。', descriptionHelp: '选填。做什么用，谁在维护。',
    trialHint: '这是平台为本单位准备的试用应用，只用于“试一试”。', inactiveHint: '应用已停用，所有调用都会被拒绝。', next: '接下来', step1: '新建密钥，保存好密钥', step2: '以它的名义申请接口', step3: '获准后按示例签名调用',
  },
  key: {
    id: '密钥编号', algorithm: '算法', addresses: '来源地址', created: '创建', until: '失效', acts: '操作', none: '还没有密钥', noneHint: '没有密钥就不能调用。', newTitle: '为“{name}”新建密钥', rotateTitle: '轮换密钥 {key}',
    rotateHint: '新旧两把密钥会同时有效一段时间。先让程序改用新密钥，再吊销旧的，调用不会中断。', own: '用自己的公钥', ownHint: '私钥从不离开您的机器，最稳妥。不选则由平台生成密钥对，私钥只显示一次，平台不保存。',
    name: { 'hmac-sha256': 'HMAC-SHA256', ed25519: 'Ed25519', 'hmac-sm3': 'HMAC-SM3', 'sm2-sm3': 'SM2', 'province-hmac': '省 HMAC', 'province-token': '省令牌（MD5）', 'mutual-tls': '双向 TLS（证书）' },
    hint: { 'hmac-sha256': '共享密钥，简单，适合脚本', ed25519: '密钥对，推荐', 'hmac-sm3': '国密算法的共享密钥', 'sm2-sm3': '国密算法的密钥对', 'province-hmac': '已按省 X-BG-HMAC 方式编写的程序，无需改动', 'province-token': '已按省 refreshToken 方式编写的程序；MD5 已不安全，每次调用都会标记，新程序请勿使用', 'mutual-tls': '用客户端证书建立 TLS 连接，无需逐次签名；需网关启用 TLS' },
    addressesHelp: '选填。每行一个 IPv4、IPv6 地址或 CIDR 网段，如 10.8.0.0/16；留空则不限。', addressesTitle: '密钥 {key} 的来源地址', switchOff: '停用密钥 {key}', switchOffHint: '用它的调用会立即被拒绝，直到重新启用。', switchOn: '重新启用密钥 {key}', switchOnHint: '用它的调用立即恢复。',
    public: '公钥', publicHelp: 'PEM 或 Base64。可用 openssl genpkey -algorithm ed25519（或 SM2）生成。', needPublic: '请粘贴公钥', certificate: '客户端证书', certificateHelp: 'PEM，不含私钥。可由任何 CA 签发，也可自签；RSA 至少 2048 位，椭圆曲线至少 256 位。密钥随证书到期；换证书时再登记一张，新旧同时有效一段时间。', needCertificate: '请粘贴证书', issuer: '签发者',
  },
  secret: {
    title: '密钥已生成', application: '应用标识', once: '请现在保存，关闭后无法再看到', onceHint: '平台不能找回它；丢失只能另建一把。不要写进代码，不要通过聊天工具发送。', private: '私钥（PKCS#8 PEM）', shared: '共享密钥', kept: '我已把它保存在安全的地方', tick: '请先保存，再勾选上面一项', own: '公钥已登记，请用对应的私钥签名。', close: '完成',
  },
}

export const en: typeof zh = {
  responsible: { name: 'Name who answers for the keys', title: 'Who answers for the keys of “{name}”', help: 'When this person leaves, loses the clearance or the vendor is barred, the application stops calling at once.', resumes: 'With another person at work the application may call again; keys that the one before has seen are revoked, so make new ones.', responsible: 'Answers for the keys', entry: 'Entry of the ledger', reason: 'Reason', none: 'nobody named', save: 'Save', done: 'Saved who answers for the keys', suspended: 'The application may not call' },
  title: { interfaces: 'Interfaces', interface: 'Interface', requests: 'Requests', request: 'Request', ask: 'Ask for data', resubmit: 'Change and submit again', grants: 'Grants', grant: 'Grant', applications: 'Applications', application: 'Application' },
  word: { and: ', ', facts: 'Facts', calls: 'calls', platform: 'The platform', quota: '{second} a second, {day} a day', quotaInAll: '{second} a second, {day} a day, {all} in all' },
  field: {
    interface: 'Interface', dataset: 'Dataset', owner: 'Owner', organisation: 'Department', state: 'State', grade: 'Grade', keys: 'Keys', fields: 'Fields', rows: 'Rows', grants: 'Grants', published: 'Published', publishedBy: 'Published by', id: 'Identifier',
    pageLimit: 'Rows per page at most', field: 'Field', name: 'Name', type: 'Type', use: 'Used as', description: 'Description', mask: 'Mask', application: 'Application', applicationName: 'Name', purpose: 'Purpose', legalBasis: 'Legal basis', matter: 'Matter', validUntil: 'Valid until',
    perSecond: 'At most per second', perDay: 'At most per day', perMonth: 'At most per month', inAll: 'At most in all', quota: 'Quota', validity: 'Valid', number: 'Number', asked: 'Asked for', by: 'Asked by', due: 'Deadline', created: 'Submitted', receiver: 'Given to', calls: 'Calls', lastCall: 'Last call', registered: 'Registered',
  },
  quota: {
    title: 'Limits', help: 'Upper limits on all calls of one application, one interface or one department, beside each grant’s own quota. All gateways count together.', none: 'No limit', empty: 'No limit is set yet', emptyHint: 'Only each grant’s own quota holds.',
    set: 'Set a limit', change: 'Change the limit', lift: 'Lift the limit', of: 'Of', kind: { APPLICATION: 'Application', INTERFACE: 'Interface', ORGANISATION: 'Department' }, anyKind: 'all', sentence: 'Showing limits of {kind}', search: 'Find by name or reason',
    usedToday: 'Used today', usedMonth: 'Used this month', usedInAll: 'Used in all', ofMost: '{used} of {most}', changed: 'Changed', reason: 'Reason', reasonHelp: 'Goes into the trace and is shown here.', keep: 'Keep the limit', done: 'The limit is kept; gateways follow it at once', lifted: 'The limit is lifted',
    dialog: 'Limit of “{name}”', dialogHelp: 'What is left empty is not limited.', newOrganisation: 'Limit a department', choose: 'Choose a department', needOne: 'Give at least one', needReason: 'Give a reason', needSubject: 'Choose a department', liftTitle: 'Lift the limit of “{name}”?', liftHint: 'Then only each grant’s own quota holds.', leased: 'Gateways set calls aside in lots, so it can be a little more than was called.',
  },
  type: { TEXT: 'Text', INTEGER: 'Integer', DECIMAL: 'Decimal', BOOLEAN: 'Yes or no', DATE: 'Date', TIMESTAMP: 'Time' },
  mask: { none: 'As it is', NAME: 'Name masked', IDENTIFIER: 'Identifier masked', PHONE: 'Phone masked', ADDRESS: 'Address masked', ACCOUNT: 'Account masked', YEAR: 'Year only', HIDE: 'Hidden' },
  maskExample: { NAME: 'W**', IDENTIFIER: '330502**********14', PHONE: '138****5678', ADDRESS: 'Longquan Road****', ACCOUNT: '****6621', YEAR: '1990', HIDE: '****' },
  ruling: { APPROVE: 'Approve', REVIEW: 'Needs review', REFUSE: 'Refuse', RETURN: 'Return for more' },
  act: {
    toDatasets: 'Look in the catalogue', toDataset: 'Open the dataset', toInterfaces: 'Find interfaces', ask: 'Ask for access', refresh: 'Refresh with newest data', restore: 'Bring back', withdrawInterface: 'Withdraw interface', downloadDocument: 'Download OpenAPI document', call: 'Send the call', calls: 'See the calls',
    newRequest: 'New request', newApplication: 'Register an application', register: 'Register', save: 'Save', submit: 'Submit request', resubmit: 'Submit again', withdrawRequest: 'Withdraw request', revoke: 'Revoke grant', change: 'Change', disable: 'Disable application', enable: 'Enable application',
    newKey: 'New key', makeKey: 'Make the key', rotate: 'Rotate', revokeKey: 'Revoke key', addresses: 'Addresses', switchOff: 'Switch off', switchOn: 'Switch on', keepAddresses: 'Save', downloadSecret: 'Download as a file',
  },
  done: {
    refresh: 'Refreshing has begun', withdraw: 'Interface withdrawn', restore: 'Interface is back', asked: 'Request submitted', withdrawn: 'Request withdrawn', revoked: 'Grant revoked', saved: 'Saved', application: 'Application “{name}” registered', enabled: 'Application enabled', disabled: 'Application disabled', keyRevoked: 'Key revoked', keyChanged: 'Key changed',
  },
  confirm: {
    refresh: 'Refresh the interface “{name}”', refreshAct: 'Refresh', refreshHint: 'It is prepared anew from the newest data; until then the old data answer.', withdraw: 'Withdraw the interface “{name}”', withdrawAct: 'Withdraw interface', withdrawHint: 'Calls of all applications are refused at once. Grants stay and work again when it is brought back.',
    restore: 'Bring back the interface “{name}”', restoreAct: 'Bring back', restoreHint: 'Grants that are still valid work again at once.', withdrawRequest: 'Withdraw the request {number}', withdrawRequestHint: 'The review ends; you may ask again later.',
    revoke: 'Revoke the grant of {organisation} on “{name}”', revokeHint: 'Every gateway refuses its calls within a second. It cannot be undone; the other side would have to ask again.', disable: 'Disable “{name}”', disableHint: 'All its calls are refused at once, until it is enabled again.', enable: 'Enable “{name}”', enableHint: 'Its valid keys and grants work again at once.',
    revokeKey: 'Revoke the key {key}', revokeKeyHint: 'Calls signed with it are refused at once, and it cannot be undone. Make sure that the new key is in use.',
  },
  filter: {
    anyOrganisation: 'all departments', anyState: 'any state', anyTerm: 'any deadline', overdue: 'Deadline', onlyOverdue: 'overdue', interfaces: 'Interfaces of {organisation} in {state}', interfaceWords: 'Find by name, dataset or field',
    requests: 'Requests in {state}, with {overdue}', requestWords: 'Find by number, purpose or dataset', grants: 'Grants in {state}', applicationWords: 'Find by name or identifier',
  },
  box: { mine: 'Mine', decide: 'For me to decide', organisation: 'My department', all: 'All', received: 'Received', given: 'Given' },
  empty: {
    mine: 'You have no requests', mineHint: 'Find the dataset you need in the catalogue and ask for access.', decide: 'Nothing waits for your decision', decideHint: 'New requests appear here, and a message tells you.', organisation: 'No requests of your department', organisationHint: 'What colleagues asked for, and what others asked of your department.', all: 'No requests yet', allHint: 'Find the dataset you need in the catalogue and ask for access.',
    received: 'No grants received yet', receivedHint: 'Once a request is approved its grant stands here.', given: 'No grants given yet', givenHint: 'Once you approve a request its grant stands here.',
  },
  tab: { overview: 'Overview', document: 'Document', samples: 'Samples', try: 'Try it' },
  interface: {
    help: 'Interfaces to look up rows by key. Once a request is approved, an application calls them with its signature.', none: 'No interface yet', noneHint: 'Publish one on the page of a dataset.', failed: 'It could not be prepared', failedHint: 'Look at the data, then refresh.', preparing: 'The data are being prepared', preparingHint: 'It goes live by itself, and this page follows.',
    address: 'Where to call', call: 'At the gateway', key: 'Key, returned', returned: 'Returned',
  },
  document: { parameter: 'Parameter', place: 'In', required: 'Required', version: 'version {version}', parameters: 'Parameters', answers: 'Answers' },
  samples: { title: 'How to call it', application: 'As which application', applicationHelp: 'The samples then name the application and its key.', language: 'Language', key: 'With which key', curl: 'Shell', java: 'Java', python: 'Python', tiaoxi: 'Command line', secret: 'The samples hold no secret; put in the one you kept when the key was made.', none: 'Choose an interface to see how to call it.' },
  try: {
    parameters: 'Parameters', help: 'A real call: signed by the platform for the chosen application, through the gateway, within its quota, and traced.', as: 'As which application', asHelp: "Without a choice your department's trial application is used. The gateway refuses applications that hold no grant.", notLive: 'The interface is not live and cannot be tried now.',
    nothing: 'No call yet', nothingHint: 'Fill in the parameters and call; request and answer appear here.', took: 'took {time}', answer: 'Answer', request: 'Request as sent', answerHeaders: 'Headers of the answer', needed: 'Fill in “{label}”', notWhole: '“{label}” must be a whole number', notNumber: '“{label}” must be a number', notDay: '“{label}” must be a day that exists, such as 2023-11-05', notTime: '“{label}” must be a time, such as 2023-11-05T14:05:00Z', tooLong: '“{label}” is too long',
  },
  ask: {
    help: 'Choose fields and say why. At the right the rules tell as you write whether it can be approved at once, or by whom and within how many working days.', which: 'Which interface', whichHelp: 'Type a name, a dataset or a department.', noInterface: 'This dataset has no live interface yet', noInterfaceHint: 'Please ask its owner to publish one first.',
    fields: 'Which fields ({n} of {all})', fieldsHelp: 'Choose only what the work needs; the lower the grade, the likelier an approval at once.', onlyLow: 'Only L1 and L2', shown: 'How it is returned', who: 'Which application uses them', whoHelp: 'A grant is for an application, which signs its calls with its own key.', why: 'Why', whyHelp: 'The more exact, the faster the decision. It will stand in the trace of each call.',
    purposeHelp: 'Which work, which step of it, what it replaces.', basisHelp: 'The law, regulation or official duty, with its article; fields at L3 or above need it.', matterHelp: 'Optional. Name or code of the public service matter.', howMuch: 'How long and how much', inAllHelp: 'Leave it empty for any number', endHelp: 'It lapses by itself; you may ask again before.', refusedHint: 'The rules do not allow it; change fields or purpose',
    again: 'Change the request {number}', againHelp: 'Change what was asked of you and submit it again; its number stays.', returnedBecause: 'Returned because',
    needField: 'Choose at least one field', needApplication: 'Choose an application', needPurpose: 'Fill in the purpose', needEnd: 'Fill in the last day', pastEnd: 'The last day must be after today', farEnd: 'Five years at most', needRate: 'A sensible whole number',
  },
  assess: {
    title: 'What the rules say', early: 'Choose fields and an application, and the rules speak here; they follow purpose, basis and end date as you write.', APPROVE: 'Approved at once', REVIEW: 'Needs review', REFUSE: 'Not allowed by the rules', APPROVEHint: 'The rules can decide it; there is nothing to wait for.', REFUSEHint: 'See the reasons below, change it and try again.',
    until: 'By {owner}, within one working day | By {owner}, within {n} working days', by: 'By {owner}',
  },
  rules: { title: 'What the rules said', none: 'No rule fired', others: 'One rule did not fire | {n} rules did not fire' },
  request: {
    help: 'Ask other departments for data, and decide on what others ask of yours.', title: '{organisation} asks for “{name}”', process: 'Process', why: 'Why it is asked', fields: '{n} fields', similar: 'One similar case | {n} similar cases', timeline: 'What happened', toGrant: 'See the grant',
  },
  decide: {
    title: 'Decide', outcome: 'Decision', reason: 'Reason', reasonHelp: 'The applicant sees it; it stands in the trace.', given: 'Which fields, and how masked', givenHelp: 'You may give less, or mask otherwise.', maskOf: 'Mask of “{label}”',
    APPROVE: 'The grant goes to the gateways at once', RETURN: 'The applicant adds to it and submits again', REFUSE: 'The request ends here', submit: 'Submit the decision', submitAPPROVE: 'Approve and grant', submitRETURN: 'Return for more', submitREFUSE: 'Refuse', taken: 'Your decision was not taken; the one made first stands.', see: 'See the outcome',
    escalated: 'Overdue and reported upwards; please decide soon.', waiting: 'In review', result: 'Decision', automatic: 'Decided by the rules', by: 'Decided by {name}', waitingFor: 'Waiting for {owner}.',
    needOutcome: 'Choose a decision', needReason: 'Say why, so that the applicant knows what to change', needReasonApprove: 'Say why you approve, for example “purpose is clear, masked”', needReasonUnmasked: 'You take away a mask the rules suggest; say why', needReasonCut: 'You give less than was asked; say why', needField: 'Give at least one field', badEnd: 'After today, and not later than was asked', badRate: 'A whole number, not above what was asked',
  },
  decided: { APPROVE: 'Approved; the grant is on its way to the gateways', REFUSE: 'Refused', RETURN: 'Returned' },
  happened: { submitted: 'submitted it', assessed: 'applied the rules', approved: 'approved', refused: 'refused', returned: 'returned it', withdrawn: 'withdrew it', resubmitted: 'submitted it again', reminded: 'reminded', escalated: 'escalated it' },
  grant: {
    tab: { facts: 'What is granted', use: 'Use' },
    help: 'Whose application may take which fields, until when, how often.', title: '{organisation} uses “{name}”', period: '{from} to {to}', gateway: 'Gateway', since: 'In force since', took: 'Took', enforced: 'In force at the gateways', stopped: 'Stopped at the gateways', notYet: 'On its way to the gateways.', trial: 'A trial grant: only for trying the own interface on these pages.', used: 'Use', revokedBy: 'Revoked by {name}',
  },
  application: {
    help: 'Programs that call interfaces. Each has its own keys, grants and quotas.', none: 'No application yet', noneHint: 'Register one, then ask for data in its name.', trial: 'Trial', active: 'In use', keys: 'Keys', lastUsed: 'Last used', change: 'Change the application', nameHelp: 'For example “One-stop services”.', descriptionHelp: 'Optional. What it does and who looks after it.',
    trialHint: 'The platform keeps this application for your department to try interfaces with.', inactiveHint: 'The application is disabled; all its calls are refused.', next: 'What comes next', step1: 'Make a key and keep its secret', step2: 'Ask for interfaces in its name', step3: 'Once approved, call as the samples show',
  },
  key: {
    id: 'Key', algorithm: 'Algorithm', addresses: 'Addresses', created: 'Created', until: 'Until', acts: 'Acts', none: 'No key yet', noneHint: 'Without a key it cannot call.', newTitle: 'A new key for “{name}”', rotateTitle: 'Rotate the key {key}',
    rotateHint: 'Both keys are valid for a while. Let the program use the new one, then revoke the old: no call is lost.', own: 'Use your own public key', ownHint: 'The private key never leaves your machine: the safest way. Otherwise the platform makes the pair, shows the private key once and does not keep it.',
    name: { 'hmac-sha256': 'HMAC-SHA256', ed25519: 'Ed25519', 'hmac-sm3': 'HMAC-SM3', 'sm2-sm3': 'SM2', 'province-hmac': 'Province HMAC', 'province-token': 'Province token (MD5)', 'mutual-tls': 'Mutual TLS (certificate)' },
    hint: { 'hmac-sha256': 'A shared secret; simple, good for scripts', ed25519: 'A key pair; recommended', 'hmac-sm3': 'A shared secret with the national hash', 'sm2-sm3': 'A key pair of the national algorithm', 'province-hmac': 'For programs written for X-BG-HMAC headers, unchanged', 'province-token': 'For programs written for refreshToken, unchanged. MD5 is broken: each call is marked, so use it for nothing new', 'mutual-tls': 'The program shows a certificate in TLS and signs nothing; the gateway must speak TLS' },
    addressesHelp: 'Optional. One IPv4 or IPv6 address or CIDR range a line, such as 10.8.0.0/16; empty for anywhere.', addressesTitle: 'Addresses of the key {key}', switchOff: 'Switch the key {key} off', switchOffHint: 'Calls with it are refused at once, until it is switched on again.', switchOn: 'Switch the key {key} on again', switchOnHint: 'Calls with it work again at once.',
    public: 'Public key', publicHelp: 'PEM or Base64. openssl genpkey -algorithm ed25519 (or SM2) makes a pair.', needPublic: 'Paste the public key', certificate: 'Certificate of the program', certificateHelp: 'PEM, without the private key. From any authority, or self-signed; RSA of 2048 bits, elliptic curves of 256 at least. The key ends with it; register the next one before, both are valid for a while.', needCertificate: 'Paste the certificate', issuer: 'Issued by',
  },
  secret: {
    title: 'The key is made', application: 'Application', once: 'Keep it now; it cannot be seen again', onceHint: 'The platform cannot recover it; if lost, make another. Do not write it into code or send it by chat.', private: 'Private key (PKCS#8 PEM)', shared: 'Shared secret', kept: 'I have kept it in a safe place', tick: 'Keep it first, then tick the box above', own: 'The public key is registered; sign with the private key that belongs to it.', close: 'Done',
  },
}
