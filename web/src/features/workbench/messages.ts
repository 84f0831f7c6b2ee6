export const zh = {
  title: '工作台',
  greeting: { morning: '上午好，{name}', afternoon: '下午好，{name}', evening: '晚上好，{name}' },
  waiting: '有 {n} 件事等您办理',
  overdue: '其中 {n} 件已逾期',
  comma: '，',
  nothing: '眼下没有等您办理的事',
  act: { upload: '上传数据', find: '查找数据', calls: '查看调用', verify: '核验留痕' },
  city: { title: '全市指标', all: '全部指标', hint: '每个数字都能点开，看到背后的明细。' },
  tasks: {
    title: '待办', all: '全部待办', matter: '事项', from: '来自', created: '到达时间', due: '时限', empty: '没有待办事项', emptyHint: '需要您审批、确认或补正的事项会出现在这里。',
    help: '按时限先后排列；时限按工作日计算。', overdueOnly: '只看已逾期', kind: '类别', sentence: '显示{overdue}', any: '全部待办', late: '已逾期的待办',
  },
  messages: {
    title: '消息', all: '全部消息', help: '申请、授权、数据集有变化时，会在这里告诉您。', empty: '没有消息', readAll: '全部标为已读', done: '已全部标为已读', unread: '未读', open: '去看看', sentence: '显示{unread}', any: '全部消息', onlyUnread: '未读消息', read: '标为已读',
  },
}

export const en: typeof zh = {
  title: 'Workbench',
  greeting: { morning: 'Good morning, {name}', afternoon: 'Good afternoon, {name}', evening: 'Good evening, {name}' },
  waiting: 'One matter waits for you | {n} matters wait for you',
  overdue: 'one of them overdue | {n} of them overdue',
  comma: ', ',
  nothing: 'Nothing waits for you now',
  act: { upload: 'Upload data', find: 'Find data', calls: 'See calls', verify: 'Verify the trace' },
  city: { title: 'The city in numbers', all: 'All indicators', hint: 'Each number opens to the rows behind it.' },
  tasks: {
    title: 'To-dos', all: 'All to-dos', matter: 'Matter', from: 'From', created: 'Arrived', due: 'Deadline', empty: 'No to-dos', emptyHint: 'What you have to decide, confirm or mend appears here.',
    help: 'The nearest deadline first; deadlines count working days.', overdueOnly: 'Overdue only', kind: 'Kind', sentence: 'Showing {overdue}', any: 'all to-dos', late: 'overdue to-dos',
  },
  messages: {
    title: 'Messages', all: 'All messages', help: 'Changes to your requests, grants and datasets are told here.', empty: 'No messages', readAll: 'Mark all as read', done: 'All marked as read', unread: 'Unread', open: 'Have a look', sentence: 'Showing {unread}', any: 'all messages', onlyUnread: 'unread messages', read: 'Mark as read',
  },
}
