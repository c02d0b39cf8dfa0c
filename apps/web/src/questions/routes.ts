import type { PageRoute } from '../shell/page-route.ts'

// The names and addresses are agreed with the shell, which links to them; the pages are still to be put in.
const soon = () => import('../info/NotFoundPage.vue')

export const routes: PageRoute[] = [
  { name: 'questions', path: { nl: '/vragen', en: '/questions' }, component: soon },
  { name: 'ask', path: { nl: '/vraag-stellen', en: '/ask' }, component: soon },
  { name: 'question', path: { nl: '/vragen/:number(\\d+):slug(-[^/]*)?', en: '/questions/:number(\\d+):slug(-[^/]*)?' }, component: soon },
]
