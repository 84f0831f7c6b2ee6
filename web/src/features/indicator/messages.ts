export const zh = {
  title: '指标',
  help: '每个数字都由平台自身的记录算出；公式、目标、走势与明细并列，点开即可查证。',
  empty: '还没有指标',
  target: '目标', direction: '方向', up: '越高越好', down: '越低越好', formula: '计算公式', computed: '计算时间', numerator: '分子', denominator: '分母', status: '状态', value: '当前值',
  trend: '近 {n} 天的走势', now: '{name}：{value}', nowTarget: '{name}：{value}，目标 {target}',
  rise: '{name} {days} 天内由 {from} 升至 {to}', fall: '{name} {days} 天内由 {from} 降至 {to}', still: '{name} {days} 天内保持 {to}',
  rows: '明细', rowsOf: '“{name}”的明细', tooFew: '每天记录一次，有两天以上的数字后在这里画出走势。', rowsHelp: '这个数字由以下记录得出。', rowsEmpty: '背后没有记录', open: '打开', about: '关于这个指标', missing: '尚未算出',
}

export const en: typeof zh = {
  title: 'Indicators',
  help: 'Every number is computed from the platform’s own records; formula, target, trend and rows stand beside it.',
  empty: 'No indicators yet',
  target: 'Target', direction: 'Direction', up: 'higher is better', down: 'lower is better', formula: 'Formula', computed: 'Computed', numerator: 'Numerator', denominator: 'Denominator', status: 'State', value: 'Now',
  trend: 'Last {n} days', now: '{name}: {value}', nowTarget: '{name}: {value}, target {target}',
  rise: '{name} rose from {from} to {to} in {days} days', fall: '{name} fell from {from} to {to} in {days} days', still: '{name} stayed at {to} for {days} days',
  rows: 'Rows', rowsOf: 'Rows behind “{name}”', tooFew: 'It is noted once a day; its course is drawn here once there are two days or more.', rowsHelp: 'The number comes from these records.', rowsEmpty: 'There are no records behind it', open: 'Open', about: 'About this indicator', missing: 'not computed yet',
}
