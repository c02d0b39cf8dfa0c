import type { PageRoute } from '../shell/page-route.ts'

// The names and addresses are agreed with the shell, which links to them; the pages are still to be put in.
const soon = () => import('../info/NotFoundPage.vue')

export const routes: PageRoute[] = [
  { name: 'promise', path: { nl: '/belofte', en: '/promise' }, component: soon },
]
