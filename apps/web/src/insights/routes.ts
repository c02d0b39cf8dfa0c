import type { PageRoute } from '../shell/page-route.ts'

export const routes: PageRoute[] = [
  {
    name: 'promise',
    path: { nl: '/belofte', en: '/promise' },
    component: () => import('./PromisePage.vue'),
    title: 'insights.promise.title',
  },
]
