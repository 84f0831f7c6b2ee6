export const zh = {
  title: '留痕',
  help: '每一次状态变化、每一次调用都是一条留痕。日志只能追加、不能改动，任何人都可以离线核验。',
  tab: { label: '留痕内容', records: '记录', logs: '日志', verify: '离线核验' },
  sentence: '显示{kind}，{outcome}，时间为{period}',
  search: '按动作、对象或人员查找',
  filter: { kind: '类别', anyKind: '各类记录', outcome: '结果', anyOutcome: '结果不限', ok: '成功的', period: '时间', actor: '人员或应用', anyActor: '任何人', object: '对象', anyObject: '任何对象' },
  kind: { CHANGE: '状态变化', CALL: '接口调用' },
  column: { time: '时间', kind: '类别', actor: '谁', organisation: '部门', action: '做了什么', object: '对什么', outcome: '结果', origin: '日志', index: '序号' },
  empty: '还没有留痕',
  log: {
    size: '{n} 条记录', root: '根哈希', problem: '核对未通过', checked: '平台最近核对', key: '验证公钥', owner: '由谁写入', empty: '还没有日志',
    explain: '检查点是日志写入方对“到此共有多少条、合起来的哈希是什么”的签名。持有任一检查点的人，都能发现此后对历史的改动。',
  },
  record: {
    title: '留痕记录', facts: '记录内容', detail: '附加内容', raw: '原始记录', proof: '包含证明', verified: '本记录确在日志之中', unverified: '核对未通过',
    verifiedText: '平台已用下列 {n} 个哈希，把本记录逐层合并到检查点所签的根哈希，两者一致：记录写入后未被改动、删除或插入。',
    unverifiedText: '记录与检查点所签的根哈希对不上。请立即告知安全员，并用离线工具核验整个日志。',
    place: '{origin} 第 {index} 条', leaf: '本记录的哈希', path: '沿途的相邻哈希', root: '合并所得的根哈希', rootText: '与检查点上签名的根哈希一致', rootBad: '与检查点上签名的根哈希不一致',
    checkpoint: '签名的检查点', step: '第 {n} 层', showPath: '显示全部 {n} 层', hidePath: '收起', pending: '检查点尚未覆盖本记录，稍后再看。', call: '查看这次调用',
  },
  verify: {
    why: '为什么要离线核验', whyText: '核验不需要相信平台：日志是标准格式的文件，用公开工具即可从头核对。平台停机时也可以做。',
    step1: '1. 取得日志', step1Text: '日志在数据目录的 trace 文件夹下，按公开的 tlog-tiles 格式分块存放；可整个复制到另一台机器。',
    step2: '2. 核对全部记录', step2Text: '命令会重算每条记录的哈希与整棵树的根，并验证检查点的签名；有一处不符即报出位置。',
    step3: '3. 与您手中的检查点比对', step3Text: '如果您此前保存过检查点，加上它一起核对，即可确认此后历史未被改写。',
    command: '在平台所在机器或任何有此程序的机器上运行', keep: '请定期把检查点保存到平台之外。', keepText: '下面是各日志现在的根哈希，抄存一份即可。',
  },
}

export const en: typeof zh = {
  title: 'Trace',
  help: 'Every change of state and every call is a record. The logs can only grow, never change, and anyone can verify them offline.',
  tab: { label: 'Parts of the trace', records: 'Records', logs: 'Logs', verify: 'Verify offline' },
  sentence: 'Showing {kind}, {outcome}, {period}',
  search: 'Find by action, object or person',
  filter: { kind: 'Kind', anyKind: 'records of any kind', outcome: 'Outcome', anyOutcome: 'any outcome', ok: 'succeeded', period: 'Time', actor: 'Person or application', anyActor: 'anyone', object: 'Object', anyObject: 'anything' },
  kind: { CHANGE: 'Change of state', CALL: 'Call' },
  column: { time: 'Time', kind: 'Kind', actor: 'Who', organisation: 'Department', action: 'Did what', object: 'To what', outcome: 'Outcome', origin: 'Log', index: 'Number' },
  empty: 'No records yet',
  log: {
    size: '{n} records', root: 'Root hash', problem: 'The check failed', checked: 'Last checked by the platform', key: 'Verifier key', owner: 'Written by', empty: 'No logs yet',
    explain: 'A checkpoint is the writer’s signature on “so many records, and this hash of them all”. Whoever keeps one can find any later change of the past.',
  },
  record: {
    title: 'Trace record', facts: 'The record', detail: 'Further facts', raw: 'As recorded', proof: 'Proof of inclusion', verified: 'This record is in the log', unverified: 'The check failed',
    verifiedText: 'With the {n} hashes below the platform has merged this record, level by level, into the root hash that the checkpoint signs, and they agree: since it was written nothing was changed, removed or slipped in.',
    unverifiedText: 'The record does not lead to the root hash that the checkpoint signs. Tell the security officer at once and verify the whole log offline.',
    place: 'No. {index} in {origin}', leaf: 'Hash of this record', path: 'Neighbouring hashes on the way', root: 'Root hash that results', rootText: 'Agrees with the root hash signed in the checkpoint', rootBad: 'Does not agree with the root hash signed in the checkpoint',
    checkpoint: 'Signed checkpoint', step: 'Level {n}', showPath: 'Show all {n} levels', hidePath: 'Hide', pending: 'No checkpoint covers this record yet; look again shortly.', call: 'See this call',
  },
  verify: {
    why: 'Why verify offline', whyText: 'You need not trust the platform: the logs are files in a standard format, and public tools can check them from the beginning, even with the platform stopped.',
    step1: '1. Take the logs', step1Text: 'They lie in the folder trace of the data folder, as tiles in the public tlog-tiles format; copy it whole to another machine if you like.',
    step2: '2. Check every record', step2Text: 'The command computes the hash of each record and the root of the tree again and verifies the signature of the checkpoint; it names the place of anything that does not fit.',
    step3: '3. Compare with a checkpoint of your own', step3Text: 'If you have kept an earlier checkpoint, check against it too: then the past has not been rewritten since.',
    command: 'On the platform’s machine, or any that has the program', keep: 'Keep checkpoints outside the platform from time to time.', keepText: 'These are the present root hashes; a copy is enough.',
  },
}
