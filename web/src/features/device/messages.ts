export const zh = {
  title: '感知设备',
  help: '城市里的感知设备在哪里、是否在线。设备经接口或消息代理上报心跳；静默超过本类设备的允许时长即为离线。',
  tabs: { label: '感知设备的各部分', map: '地图与清单', rates: '在线率', reporters: '上报方' },
  state: { ONLINE: '在线', OFFLINE: '离线', UNSEEN: '从未上报' },
  status: { OK: '自检正常', FAULT: '自报故障', MAINTENANCE: '维护中' },
  search: '按名称或编码查找',
  sentence: '显示{organisation}的{kind}，{state}',
  filter: { kind: '类型', anyKind: '全部类型', state: '状态', anyState: '不论状态', organisation: '单位' },
  column: { title: '名称', code: '编码', kind: '类型', organisation: '单位', division: '所在区域', state: '状态', lastSeen: '最近心跳', since: '此状态始于', battery: '电量', signal: '信号' },
  list: { empty: '还没有感知设备', emptyHint: '在“感知设备”台账中登记设备后，就会出现在这里。', open: '打开台账', label: '设备清单' },
  map: {
    label: '设备地图', legend: '图例', help: '方向键移动，加号、减号缩放，Home 键显示全部；Tab 键逐个走到设备和聚合点，回车打开。',
    nearer: '放大', farther: '缩小', whole: '显示全部', cluster: '{n} 台设备：在线 {online}，离线 {offline}，从未上报 {unseen}', clusters: '多台设备，环为各状态占比',
    origin: { FILE: '行政区划界线', DEVICES: '虚线为设备分布的外包，并非行政区划界线' }, unplaced: '另有 {n} 台设备台账中没有位置', nothing: '这里没有符合条件的设备',
    metres: '{n} 米', kilometres: '{n} 千米', east: '{n}°E', west: '{n}°W', north: '{n}°N', south: '{n}°S',
  },
  now: { online: '在线', of: '共 {n} 台在用', share: '当前在线 {share}' },
  rates: {
    days: '统计时段', lastWeek: '近 7 天', lastMonth: '近 30 天', lastQuarter: '近 90 天', whole: '在线率 {rate}', wholeHelp: '在用设备被听到的时长 ÷ 在用时长，{days} 天合计；今天算到此刻。',
    none: '还没有可统计的时段', course: '{days} 天在线率为 {rate}', series: '在线率', byKind: '按类型', byOrganisation: '按单位', byDivision: '按区域', name: '名称', devices: '设备数', rate: '在线率', unknown: '未填', tooFew: '明天起可看每日变化', filtered: '统计{organisation}的{kind}',
  },
  reporters: {
    title: '上报方', help: '替设备上报心跳的网关或厂商平台。每个上报方有自己的令牌，只能上报所属单位及其下级单位的设备。', add: '登记上报方', name: '名称', nameHelp: '说明是哪个网关或平台，例如“城区水位网关”', organisation: '单位',
    organisationHelp: '可以上报该单位及其下级单位的设备', token: '令牌', created: '登记', lastUsed: '最近使用', today: '今日接收', refused: '今日拒收', state: '状态', acts: '操作', active: '可上报', revoked: '已停用', revoke: '停用', revokeTitle: '停用上报方“{name}”', revokeHint: '它的令牌立即失效，此后的上报一律拒收；不能恢复，需要时请重新登记。',
    done: '上报方“{name}”已停用', empty: '还没有上报方', emptyHint: '登记后把令牌交给网关，设备心跳即可上报。', counts: '“{name}”近 30 天的收发', day: '日期', outcome: '结果', rows: '条数', countsAct: '收发明细', noCounts: '近 30 天没有上报', close: '关闭',
  },
  made: { title: '上报方已登记', once: '令牌只显示这一次', onceHint: '平台只保存它的摘要。请现在就交给网关的管理员保管；丢失后只能停用并重新登记。', token: '令牌', sample: '上报示例', kept: '我已妥善保存令牌', tick: '请先确认已保存令牌', close: '完成' },
  broker: { title: '消息代理（MQTT）', none: '没有配置消息代理。配置 tiaoxi.device.mqtt.url 后，平台会订阅设备的主题。', url: '地址', topic: '主题', connected: '已连接', disconnected: '未连接，正在重试', since: '始于', counts: '近 30 天的收发' },
  one: {
    title: '设备', entry: '台账条目', facts: '要点', now: '运行', offlineAfter: '允许静默', rate: '近 {n} 天在线率', outages: '离线记录', since: '开始', until: '恢复', lasting: '至今', duration: '持续', none: '没有离线记录', battery: '电量', signal: '信号', place: '位置', status: '自报状态',
    notInUse: '设备不在用，不再监测', seconds: '{n} 秒', minutes: '{n} 分钟', hours: '{n} 小时', days: '{n} 天', more: '查看设备页',
  },
}

export const en: typeof zh = {
  title: 'Sensing devices',
  help: 'Where the city’s sensing devices are and whether they are heard. They report heartbeats over HTTP or a broker; one that is silent for longer than its kind may be is offline.',
  tabs: { label: 'Parts of the sensing devices', map: 'Map and list', rates: 'Online rate', reporters: 'Reporters' },
  state: { ONLINE: 'Online', OFFLINE: 'Offline', UNSEEN: 'Never heard' },
  status: { OK: 'Says it is fine', FAULT: 'Reports a fault', MAINTENANCE: 'In maintenance' },
  search: 'Find by title or code',
  sentence: 'Showing {kind} of {organisation}, {state}',
  filter: { kind: 'Kind', anyKind: 'all kinds', state: 'State', anyState: 'in any state', organisation: 'Organisation' },
  column: { title: 'Title', code: 'Code', kind: 'Kind', organisation: 'Organisation', division: 'Division', state: 'State', lastSeen: 'Last heartbeat', since: 'In this state since', battery: 'Battery', signal: 'Signal' },
  list: { empty: 'No sensing devices yet', emptyHint: 'Devices appear here once they are in the ledger of sensing devices.', open: 'Open the ledger', label: 'List of devices' },
  map: {
    label: 'Map of devices', legend: 'Legend', help: 'Arrow keys move, plus and minus zoom, Home shows everything; Tab walks through devices and clusters, Enter opens them.',
    nearer: 'Zoom in', farther: 'Zoom out', whole: 'Show everything', cluster: '{n} devices: {online} online, {offline} offline, {unseen} never heard', clusters: 'Several devices, the ring shows their states',
    origin: { FILE: 'Borders of divisions', DEVICES: 'Dashed: hull of the devices in a division, not its border' }, unplaced: '{n} more devices have no place in the ledger', nothing: 'No such devices here',
    metres: '{n} m', kilometres: '{n} km', east: '{n}°E', west: '{n}°W', north: '{n}°N', south: '{n}°S',
  },
  now: { online: 'online', of: '{n} in use', share: '{share} online now' },
  rates: {
    days: 'Period', lastWeek: 'Last 7 days', lastMonth: 'Last 30 days', lastQuarter: 'Last 90 days', whole: 'Online rate {rate}', wholeHelp: 'Time in which devices in use were heard ÷ time in use, over {days} days; today counts up to now.',
    none: 'Nothing to count yet', course: 'Over {days} days the online rate is {rate}', series: 'Online rate', byKind: 'By kind', byOrganisation: 'By organisation', byDivision: 'By division', name: 'Name', devices: 'Devices', rate: 'Online rate', unknown: 'not given', tooFew: 'From tomorrow on the course by day stands here', filtered: 'Counting {kind} of {organisation}',
  },
  reporters: {
    title: 'Reporters', help: 'Gateways and vendors’ platforms that report for devices. Each has a token of its own and may report devices of its organisation and of those below it.', add: 'Register a reporter', name: 'Name', nameHelp: 'Which gateway or platform it is, for example “Water level gateway, city”', organisation: 'Organisation',
    organisationHelp: 'It may report devices of this organisation and of those below it', token: 'Token', created: 'Registered', lastUsed: 'Last used', today: 'Taken today', refused: 'Refused today', state: 'State', acts: 'Acts', active: 'May report', revoked: 'Revoked', revoke: 'Revoke', revokeTitle: 'Revoke the reporter “{name}”', revokeHint: 'Its token is refused from now on. This cannot be undone; register it again if it is needed.',
    done: 'The reporter “{name}” was revoked', empty: 'No reporters yet', emptyHint: 'Register one and hand its token to the gateway; heartbeats can then come in.', counts: 'What came from “{name}” in the last 30 days', day: 'Day', outcome: 'Outcome', rows: 'Rows', countsAct: 'Counts', noCounts: 'Nothing came in the last 30 days', close: 'Close',
  },
  made: { title: 'The reporter is registered', once: 'The token is shown this once', onceHint: 'The platform keeps only its hash. Hand it to the gateway’s administrator now; a lost token can only be revoked.', token: 'Token', sample: 'How to report', kept: 'The token is kept safely', tick: 'Confirm first that the token is kept', close: 'Done' },
  broker: { title: 'Broker (MQTT)', none: 'No broker is configured. With tiaoxi.device.mqtt.url the platform subscribes to the devices’ topic.', url: 'Address', topic: 'Topic', connected: 'Connected', disconnected: 'Not connected, trying again', since: 'Since', counts: 'What came in the last 30 days' },
  one: {
    title: 'Device', entry: 'Ledger entry', facts: 'In short', now: 'Operation', offlineAfter: 'May be silent for', rate: 'Online rate, {n} days', outages: 'Outages', since: 'From', until: 'Until', lasting: 'lasting', duration: 'Length', none: 'No outages', battery: 'Battery', signal: 'Signal', place: 'Place', status: 'Says of itself',
    notInUse: 'The device is not in use and not watched', seconds: '{n} s', minutes: '{n} min', hours: '{n} h', days: '{n} days', more: 'Open the device’s page',
  },
}
