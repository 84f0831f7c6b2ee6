export const zh = { name: '苕溪', signIn: { title: '登录' }, notFound: { title: '找不到页面' } }
export const en: typeof zh = { name: 'Tiaoxi', signIn: { title: 'Sign in' }, notFound: { title: 'Page not found' } }
