import type { PageRoute } from '../shell/page-route.ts'

export const routes: PageRoute[] = [
  {
    name: 'home',
    path: { nl: '/', en: '/' },
    component: () => import('./HomePage.vue'),
    title: 'home.title',
    header: 'zon',
  },
]
