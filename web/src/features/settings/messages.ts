export const zh = {
  title: '设置',
  people: {
    title: '人员', help: '谁能登录、属于哪个部门、担任什么角色。', new: '新增人员', search: '按姓名或用户名查找', sentence: '显示{organisation}的{role}', anyRole: '全部人员', organisation: '部门', role: '角色',
    name: '姓名', username: '用户名', roles: '角色', state: '状态', lastSignIn: '最近登录', never: '从未登录', empty: '还没有人员', normal: '正常', locked: '已锁定', inactive: '已停用',
  },
  person: {
    new: '新增人员', newHelp: '用户名一经确定不再更改；角色可以多选。', group: '人员信息', groupHelp: '姓名用于审批和留痕的显示。', access: '部门与角色', accessHelp: '角色的权限只在本部门及下级部门内有效，除非角色注明全市。', secret: '初始密码', secretHelp: '至少 12 个字符，请以可靠方式交给本人，并提醒登录后修改。',
    name: '姓名', username: '用户名', usernameHelp: '小写字母开头，可含数字、点、横线。', usernameWrong: '用户名须以小写字母开头，只含小写字母、数字、点和横线', organisation: '部门', roles: '角色', rolesNone: '请至少选择一个角色', create: '新增人员', created: '已新增 {name}', save: '保存修改', saved: '已保存', edit: '修改', facts: '要点', active: '可以登录', activeHelp: '停用后不能登录，已有会话立即失效；历史记录保留。',
    unlock: '解除锁定', unlockTitle: '解除 {name} 的锁定', unlockText: '解除后，{name} 可以立即再次登录。', unlocked: '已解除锁定', reset: '重设密码', resetTitle: '为 {name} 重设密码', resetText: '{name} 的所有会话会立即结束，须用新密码登录。', resetAct: '重设密码', resetDone: '密码已重设', password: '新密码', tooShort: '密码至少 12 个字符', lastSignIn: '最近登录', username2: '用户名', state: '状态',
  },
  roles: { title: '角色', help: '每个角色能做什么，由城市配置文件定义。', own: '本部门', all: '全市', permission: '权限', nothing: '没有' },
  organisations: { title: '部门', help: '城市的机构树；编码一经使用不再更改。', search: '按名称或编码查找', nothing: '没有符合的部门', count: '{n} 个部门', people: '人员', kind: { CITY: '市', OFFICE: '市级部门', COUNTY: '区县', TOWN: '乡镇街道', ZONE: '功能区' } },
  rules: { title: '规则', help: '规则用 CEL 书写，人人可读；平台据此检查编目、判断申请、建议定级，并给出理由。', search: '按名称或表达式查找', none: '没有符合的规则', weight: '权重 {n}', expression: '表达式', kind: { standardisation: '编目规范', approval: '申请审批', grading: '字段定级' } },
}

export const en: typeof zh = {
  title: 'Settings',
  people: {
    title: 'People', help: 'Who can sign in, to which department they belong and in which roles.', new: 'Add a person', search: 'Find by name or user name', sentence: 'Showing {role} of {organisation}', anyRole: 'everybody', organisation: 'Department', role: 'Role',
    name: 'Name', username: 'User name', roles: 'Roles', state: 'State', lastSignIn: 'Last signed in', never: 'never', empty: 'Nobody yet', normal: 'Active', locked: 'Locked', inactive: 'Inactive',
  },
  person: {
    new: 'Add a person', newHelp: 'The user name never changes afterwards; a person may have several roles.', group: 'The person', groupHelp: 'The name stands on decisions and in the trace.', access: 'Department and roles', accessHelp: 'A role reaches the department and those below it, unless the role says the whole city.', secret: 'First password', secretHelp: 'At least 12 characters. Hand it over safely, to be changed after signing in.',
    name: 'Name', username: 'User name', usernameHelp: 'Starts with a small letter; digits, dots and hyphens may follow.', usernameWrong: 'A user name is small letters, digits, dots and hyphens, and starts with a letter', organisation: 'Department', roles: 'Roles', rolesNone: 'Choose at least one role', create: 'Add person', created: '{name} was added', save: 'Save changes', saved: 'Saved', edit: 'Change', facts: 'In short', active: 'May sign in', activeHelp: 'When switched off, sessions end at once; the history stays.',
    unlock: 'Unlock', unlockTitle: 'Unlock {name}', unlockText: '{name} can sign in again at once.', unlocked: 'Unlocked', reset: 'Reset password', resetTitle: 'Reset the password of {name}', resetText: 'All sessions of {name} end at once; the new password is needed to sign in.', resetAct: 'Reset password', resetDone: 'The password was reset', password: 'New password', tooShort: 'The password needs at least 12 characters', lastSignIn: 'Last signed in', username2: 'User name', state: 'State',
  },
  roles: { title: 'Roles', help: 'What each role permits, as the city’s files define it.', own: 'Own department', all: 'Whole city', permission: 'Permission', nothing: 'none' },
  organisations: { title: 'Departments', help: 'The city’s bodies as a tree; a code never changes once used.', search: 'Find by name or code', nothing: 'No department matches', count: '{n} departments', people: 'People', kind: { CITY: 'City', OFFICE: 'City office', COUNTY: 'County', TOWN: 'Town', ZONE: 'Zone' } },
  rules: { title: 'Rules', help: 'Rules are written in CEL for everybody to read. By them the platform checks entries, decides on requests and suggests grades, and gives the reason.', search: 'Find by name or expression', none: 'No rule matches', weight: 'weight {n}', expression: 'Expression', kind: { standardisation: 'Standardisation', approval: 'Approval', grading: 'Grading' } },
}
