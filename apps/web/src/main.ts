import { PiniaColada } from '@pinia/colada'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './shell/App.vue'
import { i18n } from './shell/i18n.ts'
import { router } from './shell/router.ts'
import { useSession } from './shell/session.ts'
import './ui/styles.css'

const app = createApp(App).use(createPinia()).use(PiniaColada).use(i18n).use(router)

void useSession().load()
// The page the server wrote stays readable until ours can take its place in one go.
await router.isReady()
app.mount('#app')
