import type { PageRoute } from '../shell/page-route.ts'

export const routes: PageRoute[] = [
  {
    name: 'how-it-works',
    path: { nl: '/zo-werkt-het', en: '/how-it-works' },
    component: () => import('./HowItWorksPage.vue'),
    title: 'info.how.title',
  },
  {
    name: 'house-rules',
    path: { nl: '/spelregels', en: '/house-rules' },
    component: () => import('./HouseRulesPage.vue'),
    title: 'info.rules.title',
  },
  {
    name: 'accessibility',
    path: { nl: '/toegankelijkheid', en: '/accessibility' },
    component: () => import('./AccessibilityPage.vue'),
    title: 'info.accessibility.title',
  },
  {
    name: 'privacy',
    path: { nl: '/privacy', en: '/privacy' },
    component: () => import('./PrivacyPage.vue'),
    title: 'info.privacy.title',
  },
  {
    name: 'about',
    path: { nl: '/over', en: '/about' },
    component: () => import('./AboutPage.vue'),
    title: 'info.about.title',
  },
  {
    name: 'status',
    path: { nl: '/status', en: '/status' },
    component: () => import('./StatusPage.vue'),
    title: 'info.status.title',
  },
  {
    name: 'forbidden',
    path: { nl: '/geen-toegang', en: '/no-access' },
    component: () => import('./ForbiddenPage.vue'),
    title: 'info.forbidden.title',
    noIndex: true,
  },
]
