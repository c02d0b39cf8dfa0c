import type { PageRoute } from '../shell/page-route.ts'

export const routes: PageRoute[] = [
  {
    name: 'report',
    path: { nl: '/melden', en: '/report' },
    component: () => import('./ReportPage.vue'),
    title: 'moderation.report.title',
    noIndex: true,
  },
  {
    name: 'moderation',
    path: { nl: '/beheer/meldingen', en: '/admin/reports' },
    component: () => import('./ModerationPage.vue'),
    title: 'moderation.queue.title',
    needs: 'moderator',
    noIndex: true,
  },
]
