export const zh = {
  must: '请填写', connected: '接入时间', by: '接入人', print: '对方密钥指纹', ownPrint: '本平台密钥指纹', printHelp: '请打电话与对方逐段核对',
  above: {
    title: '上级平台', help: '向省统一网关报送目录、接口、调用量和违规，接受暂停指令，接用上级接口。连接都由本平台发起；断网期间的变化恢复后自动补报。',
    none: '还没有接入上级平台', noneHint: '向上级数据局索取地址和接入码，在下面接入。',
    address: '上级平台地址', code: '接入码', codeHelp: '上级生成，一天内有效，只能用一次；整段粘贴', connect: '接入上级平台', done: '已接入', disconnect: '断开', ask: '断开与“{name}”的连接？', disconnected: '已断开',
    lag: '待确认', none0: '全部已确认', waiting: '{n} 条未确认', since: '最早的从', reached: '最近联系', error: '最近一次失败：{code}，已连续失败 {n} 次，会自动重试', numbers: '上报编号', numbersValue: '已报到 {last}，已确认到 {acknowledged}',
    orders: '收到的指令', noOrders: '没有收到过指令', offers: '上级提供的接口', noOffers: '上级还没有提供接口', take: '接用', askTake: '接用“{name}”？', taken: '已接用', takenHelp: '将在本市发布为 HTTP 服务，字段和分级与上级一致；各单位照常申请。', open: '查看接口',
  },
  below: {
    title: '下级平台', help: '接入本平台的市级平台：它们报送的目录、接口、调用量和违规，下达给它们的指令。',
    empty: '没有下级平台', emptyHint: '新建后把接入码交给对方。', words: '搜索名称或区划代码', add: '新建下级平台', name: '名称', division: '行政区划代码', code: '接入码', codeShown: '接入码只显示这一次，请当面或用安全的方式交给对方。', again: '重新生成接入码', revoke: '撤销接入', askRevoke: '撤销“{name}”的接入？', revoked: '已撤销',
    seen: '最近联系', enrolled: '接入时间', state: '状态', software: '软件', received: '已收到编号', expires: '接入码有效至',
    facts: '概况', CATALOGUE: '目录', INTERFACE: '接口', VIOLATION: '违规', traffic: '调用量', orders: '指令', trafficTitle: '31 天共调用 {n} 次', calls: '调用', answered: '成功',
    id: '标识', titleOf: '标题', organisation: '单位', time: '报送状态时间', noneReported: '没有报送', find: '搜索标识、标题或单位',
    give: '下达指令', act: '指令', interface: '接口', interfaceHelp: '输入名称或标识查找：暂停和解除选下级的接口，提供和收回选本平台的接口', until: '暂停至', untilHelp: '当天结束时自动恢复；留空则到下达解除指令为止', reason: '理由', legalBasis: '依据', given: '指令已下达', noOrders: '没有下达过指令',
    application: '作为应用调用', applicationHelp: '本平台上代表它的应用标识；授权照常申请和审批', applicationSet: '指定应用', applicationDone: '已指定',
  },
  hold: { title: '已被{authority}责令暂停，本市不能自行恢复', text: '理由：{reason}；依据：{basis}' },
  states: { INVITED: '待接入', ENROLLED: '已接入', REVOKED: '已撤销' },
  acts: { SUSPEND: '暂停接口', LIFT: '解除暂停', OFFER: '提供接口', WITHDRAW: '收回提供' },
  results: { APPLIED: '已执行', REFUSED: '未执行', none: '待执行' },
  order: { number: '编号', act: '指令', interface: '接口', reason: '理由', legalBasis: '依据', given: '下达时间', result: '结果' },
}

export const en: typeof zh = {
  must: 'Please fill in', connected: 'Connected', by: 'Connected by', print: 'Fingerprint of their key', ownPrint: 'Fingerprint of our key', printHelp: 'Compare it with the other end by telephone',
  above: {
    title: 'Platform above', help: 'Reports catalogue, interfaces, traffic and violations to the province, receives suspensions, and takes over its interfaces. All connections are opened from here; what changed without one is reported later by itself.',
    none: 'Not connected with a platform above', noneHint: 'Ask the data office above for its address and an enrolment code, and connect below.',
    address: 'Address of the platform above', code: 'Enrolment code', codeHelp: 'Made above, good for a day and once; paste all of it', connect: 'Connect', done: 'Connected', disconnect: 'Disconnect', ask: 'Disconnect from {name}?', disconnected: 'Disconnected',
    lag: 'Not acknowledged', none0: 'All acknowledged', waiting: '{n} not acknowledged', since: 'oldest since', reached: 'Last reached', error: 'Last failure: {code}, {n} in a row; it is tried again by itself', numbers: 'Reports', numbersValue: 'up to {last}, acknowledged up to {acknowledged}',
    orders: 'Orders received', noOrders: 'No order was received', offers: 'Interfaces offered', noOffers: 'The level above offers no interface yet', take: 'Take over', askTake: 'Take over {name}?', taken: 'Taken over', takenHelp: 'It is published here as an HTTP service with the fields and grades offered; it is asked for as usual.', open: 'Show',
  },
  below: {
    title: 'Platforms below', help: "Cities' platforms enrolled here: the catalogue, interfaces, traffic and violations they report, and the orders given to them.",
    empty: 'No platform below', emptyHint: 'Add one and hand over its enrolment code.', words: 'Search name or division', add: 'Add a platform', name: 'Name', division: 'Division code', code: 'Enrolment code', codeShown: 'The code is shown only now. Hand it over in person or by a safe way.', again: 'Make a new code', revoke: 'Revoke', askRevoke: 'Revoke the enrolment of {name}?', revoked: 'Revoked',
    seen: 'Last heard of', enrolled: 'Enrolled', state: 'State', software: 'Software', received: 'Received up to', expires: 'Code good until',
    facts: 'Overview', CATALOGUE: 'Catalogue', INTERFACE: 'Interfaces', VIOLATION: 'Violations', traffic: 'Traffic', orders: 'Orders', trafficTitle: '{n} calls in 31 days', calls: 'Calls', answered: 'Answered',
    id: 'Identifier', titleOf: 'Title', organisation: 'Organisation', time: 'As of', noneReported: 'Nothing reported', find: 'Search identifier, title or organisation',
    give: 'Give the order', act: 'Order', interface: 'Interface', interfaceHelp: 'Search by name or identifier: theirs to suspend or lift, ours to offer or withdraw', until: 'Suspended until', untilHelp: 'Lifted by itself at the end of that day; empty holds until it is lifted', reason: 'Reason', legalBasis: 'Legal basis', given: 'The order is given', noOrders: 'No order was given',
    application: 'Calls as application', applicationHelp: 'Identifier of the application here that stands for it; grants are asked for and approved as usual', applicationSet: 'Set application', applicationDone: 'Set',
  },
  hold: { title: 'Suspended by {authority}; it cannot be lifted here', text: 'Reason: {reason}; legal basis: {basis}' },
  states: { INVITED: 'Invited', ENROLLED: 'Enrolled', REVOKED: 'Revoked' },
  acts: { SUSPEND: 'Suspend', LIFT: 'Lift', OFFER: 'Offer', WITHDRAW: 'Withdraw' },
  results: { APPLIED: 'Carried out', REFUSED: 'Refused', none: 'Waiting' },
  order: { number: 'Number', act: 'Order', interface: 'Interface', reason: 'Reason', legalBasis: 'Legal basis', given: 'Given', result: 'Result' },
}
