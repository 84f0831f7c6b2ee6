export const zh = {
  title: '共享网关',
  help: '数据只经网关出去：验签名、查授权、脱敏、计数，先留痕、后放行。平台停机时网关照常服务。',
  empty: '还没有网关接入',
  state: { UP: '网关正常', LATE: '网关落后于最新策略，或留痕未收齐', DOWN: '网关失联' },
  address: '地址', policy: '授权策略', current: '已是最新（第 {version} 版）', behind: '第 {version} 版，落后 {n} 版', applied: '生效时间', trace: '本地留痕', ingested: '平台已收', all: '已全部收齐', missing: '还差 {n} 条', log: '所写日志', started: '启动时间', seen: '最近一次联系',
  refused: { title: '拒收了新策略，仍按第 {version} 版服务' },
  revocation: {
    title: '撤销授权多快生效', summary: '近 {days} 天 {n} 次：一半在 {p50} 内、99% 在 {p99} 内于网关生效', none: '近 {days} 天没有撤销授权', newest: '最近的撤销',
    committed: '撤销提交', grant: '授权', gateway: '网关', took: '到生效用时',
  },
  live: {
    title: '实时调用', help: '全部网关此刻的流量、时延、拒绝与部门间流向，每秒更新；数字只在内存，逐笔记录见调用记录。',
    connection: { connecting: '正在连接', live: '实时更新中', broken: '连接中断，正在重连；下面是中断前的数字', paused: '已暂停，图中的数字不再变化' },
    minutes: '{n} 分钟', pause: '暂停', resume: '继续', time: '时刻', rate: '每秒调用', inAll: '共 {n} 次', p50: '时延中位数', p99: '99% 时延', refused: '被拒比例', times: '{n} 次', answered: '返回数据', rows: '{n} 行', calls: '调用', refusedCalls: '被拒', aSecond: '次/秒',
    rateTitle: '平均每秒 {n} 次调用', latencyTitle: '99% 的调用在 {n} 内答复', flows: '部门间的调用流向', callerSide: '调用部门', ownerSide: '数据所属部门', noFlows: '没有可识别部门的调用', others: '其他',
    callers: '调用最多的应用', interfaces: '被调用最多的接口', noCallers: '没有已识别的调用', refusals: '拒绝的原因', noRefusals: '这段时间没有拒绝', gateways: '网关', gateway: '网关', state: '状态', connections: '连接', underWay: '处理中', waiting: '待落盘', heap: '堆内存', quota: '额度存储',
    empty: '这段时间没有调用', emptyHint: '有应用调用接口时，数字会在一两秒内出现在这里。', open: '实时查看',
  },
  calls: {
    title: '调用记录', byId: '按请求编号打开这次调用', help: '每一次调用，无论放行还是拒绝，都在这里。',
    sentence: '显示{organisation}的{outcome}，时间为{period}', search: '按应用、接口或用途查找', anyOutcome: '全部调用', ok: '成功的调用', refused: '被拒的调用', outcome: '结果', organisation: '部门', period: '时间', empty: '还没有调用', emptyHint: '授权生效后，应用发起的调用会出现在这里。',
    time: '时间', application: '应用', interface: '接口', purpose: '用途', rows: '行数', milliseconds: '耗时', status: '状态码', dataset: '数据集', address: '来源地址', fields: '字段', matter: '事项', key: '密钥', bytes: '字节', unknown: '未识别',
  },
  call: {
    title: '一次调用', story: '经过', facts: '要点', proof: '查看留痕与证明', lead: '{application} 于 {time} 调用“{interface}”', unknown: '未识别的调用方',
    arrived: '收到调用', arrivedText: '来自 {address}', signed: '验证身份', signedText: '签名有效，调用方为 {application}（{organisation}）', unsignedText: '未能确认调用方身份',
    granted: '核对授权', grantedText: '依据授权 {grant}，用途：{purpose}', ungrantedText: '没有可用的授权', recorded: '先留痕', recordedText: '记录 {id} 已落盘，之后才放行',
    policy: '授权策略版本', style: '验证方式', stage: '{name}，第 {milliseconds}', counted: '额度足够', countedText: '未超出任何额度', found: '取得数据', foundText: '从资源库或部门服务取得，未向外送出', onItsWay: '记录正在送达平台', onItsWayText: '这是网关直接答复的内容，平台收到并核验留痕后会换成正式记录。',
    streamed: '流式应答', ended: { COMPLETE: '完整送达', UNDER_WAY: '仍在传送', BROKEN: '中途断开', CALLER_GONE: '调用方中断' },
    styles: { SIGNATURE: 'RFC 9421 签名', PROVINCE_HMAC: '省 HMAC 约定', PROVINCE_TOKEN: '省令牌约定（MD5，弱）', MUTUAL_TLS: '双向 TLS 证书' },
    answered: '返回结果', answeredText: '返回 {rows} 行，字段：{fields}；网关内耗时 {milliseconds}', refused: '拒绝调用', refusedText: '状态码 {status}，原因代码 {outcome}',
  },
}

export const en: typeof zh = {
  title: 'Gateway',
  help: 'Data leaves only through the gateways: signature, grant, masking, counting; recorded first, answered then. They serve on while the platform is down.',
  empty: 'No gateway has joined yet',
  state: { UP: 'The gateway is fine', LATE: 'The gateway is behind the newest policy, or records are still to come in', DOWN: 'The gateway is out of reach' },
  address: 'Address', policy: 'Policy', current: 'current (version {version})', behind: 'version {version}, {n} behind', applied: 'Applied', trace: 'Records at the gateway', ingested: 'Received here', all: 'all received', missing: '{n} still missing', log: 'Writes the log', started: 'Started', seen: 'Last heard of',
  refused: { title: 'It did not take a new policy and serves by version {version}' },
  revocation: {
    title: 'How soon a revocation bites', summary: '{n} in the last {days} days: half were in force at the gateway within {p50}, 99 % within {p99}', none: 'No grant was revoked in the last {days} days', newest: 'The newest revocations',
    committed: 'Committed', grant: 'Grant', gateway: 'Gateway', took: 'Until in force',
  },
  live: {
    title: 'Live calls', help: 'What goes through all gateways right now: rates, latency, refusals and flows between departments, each second. These figures live in memory; every single call is under Calls.',
    connection: { connecting: 'Connecting', live: 'Live', broken: 'The connection broke off and is being restored; the figures are from before', paused: 'Paused; the figures do not change' },
    minutes: '{n} min', pause: 'Pause', resume: 'Go on', time: 'Time', rate: 'Calls a second', inAll: '{n} in all', p50: 'Median latency', p99: '99 % latency', refused: 'Refused', times: '{n} times', answered: 'Answered', rows: '{n} rows', calls: 'Calls', refusedCalls: 'Refused', aSecond: 'a second',
    rateTitle: '{n} calls a second on average', latencyTitle: '99 % of the calls are answered within {n}', flows: 'Flows between departments', callerSide: 'Calling department', ownerSide: 'Department that owns the data', noFlows: 'No call of a known department', others: 'Others',
    callers: 'Applications with most calls', interfaces: 'Interfaces with most calls', noCallers: 'No call that was recognised', refusals: 'Why calls were refused', noRefusals: 'Nothing was refused in this time', gateways: 'Gateways', gateway: 'Gateway', state: 'State', connections: 'Connections', underWay: 'Under way', waiting: 'To be written', heap: 'Heap', quota: 'Quota store',
    empty: 'No calls in this time', emptyHint: 'When an application calls an interface, the figures appear here within a second or two.', open: 'Watch live',
  },
  calls: {
    title: 'Calls', byId: 'Open the call with this identifier', help: 'Every call is here, whether answered or refused.',
    sentence: 'Showing {outcome} of {organisation}, {period}', search: 'Find by application, interface or purpose', anyOutcome: 'all calls', ok: 'answered calls', refused: 'refused calls', outcome: 'Outcome', organisation: 'Department', period: 'Time', empty: 'No calls yet', emptyHint: 'Once a grant is active, the application’s calls appear here.',
    time: 'Time', application: 'Application', interface: 'Interface', purpose: 'Purpose', rows: 'Rows', milliseconds: 'Took', status: 'Status', dataset: 'Dataset', address: 'From address', fields: 'Fields', matter: 'Matter', key: 'Key', bytes: 'Bytes', unknown: 'not recognised',
  },
  call: {
    title: 'One call', story: 'What happened', facts: 'In short', proof: 'See its record and proof', lead: '{application} called “{interface}” on {time}', unknown: 'A caller that was not recognised',
    arrived: 'The call arrived', arrivedText: 'From {address}', signed: 'Identity', signedText: 'The signature is valid; the caller is {application} ({organisation})', unsignedText: 'The caller’s identity could not be established',
    granted: 'Grant', grantedText: 'By grant {grant}, for: {purpose}', ungrantedText: 'There was no usable grant', recorded: 'Recorded first', recordedText: 'Record {id} was on disk before anything left',
    policy: 'Policy version', style: 'Proved by', stage: '{name}, at {milliseconds}', counted: 'Within its quotas', countedText: 'No limit was reached', found: 'Data found', foundText: 'Taken from the tables or the department’s service; nothing had left yet', onItsWay: 'The record is on its way to the platform', onItsWayText: 'This is what the gateway says. Once the platform has received and checked the record, it takes this place.',
    streamed: 'Streamed', ended: { COMPLETE: 'to its end', UNDER_WAY: 'still under way', BROKEN: 'broke off', CALLER_GONE: 'the caller left' },
    styles: { SIGNATURE: 'RFC 9421 signature', PROVINCE_HMAC: 'The province’s HMAC style', PROVINCE_TOKEN: 'The province’s token style (MD5, weak)', MUTUAL_TLS: 'A certificate (mutual TLS)' },
    answered: 'Answered', answeredText: '{rows} rows with {fields}; {milliseconds} inside the gateway', refused: 'Refused', refusedText: 'Status {status}, code {outcome}',
  },
}
