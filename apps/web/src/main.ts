import { PiniaColada } from '@pinia/colada'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { z } from 'zod'
import App from './shell/App.vue'
import { i18n } from './shell/i18n.ts'
import { router } from './shell/router.ts'
import { useSession, wasSignedIn } from './shell/session.ts'
import './ui/styles.css'

// Our policy forbids eval, and zod would try it once and be reported.
z.config({ jitless: true })

const sessionAtMostMs = 1500
const app = createApp(App).use(createPinia()).use(PiniaColada).use(i18n).use(router)

const session = useSession().load()
const sessionIfMember = wasSignedIn()
  ? Promise.race([session, new Promise((resolve) => setTimeout(resolve, sessionAtMostMs))])
  : undefined
// The page the server wrote stays readable until ours can take its place in one go.
await Promise.all([router.isReady(), sessionIfMember])
app.mount('#app')
