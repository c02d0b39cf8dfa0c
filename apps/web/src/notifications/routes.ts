import type { PageRoute } from '../shell/page-route.ts'

// The names and addresses are agreed with the shell, which links to them; the pages are still to be put in.
const soon = () => import('../info/NotFoundPage.vue')

export const routes: PageRoute[] = [
  { name: 'inbox', path: { nl: '/postvak', en: '/inbox' }, component: soon, needs: 'person', noIndex: true },
  { name: 'inbox-settings', path: { nl: '/postvak/instellingen', en: '/inbox/settings' }, component: soon, needs: 'person', noIndex: true },
  { name: 'mail-settings', path: { nl: '/mail/:token', en: '/mail/:token' }, component: soon, noIndex: true },
]
