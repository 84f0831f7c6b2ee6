import { createApp } from 'vue'
import { forgetSession, onSignedOut } from '@/api'
import App from './App.vue'
import { i18n } from './i18n'
import { router } from './router'
import './style/tokens.css'
import './style/base.css'

onSignedOut(() => {
  forgetSession()
  const next = router.currentRoute.value.fullPath
  void router.replace({ path: '/sign-in', query: next === '/' ? {} : { next } })
})

createApp(App).use(i18n).use(router).mount('#app')
