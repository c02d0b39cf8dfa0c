import type { PageRoute } from '../shell/page-route.ts'

// The names and addresses are agreed with the shell, which links to them; the pages are still to be put in.
const soon = () => import('../info/NotFoundPage.vue')

export const routes: PageRoute[] = [
  { name: 'report', path: { nl: '/melden', en: '/report' }, component: soon, noIndex: true },
  { name: 'moderation', path: { nl: '/beheer/meldingen', en: '/admin/reports' }, component: soon, needs: 'moderator', noIndex: true },
]
