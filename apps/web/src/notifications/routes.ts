import type { PageRoute } from '../shell/page-route.ts'

export const routes: PageRoute[] = [
  {
    name: 'inbox',
    path: { nl: '/postvak', en: '/inbox' },
    component: () => import('./InboxPage.vue'),
    title: 'notifications.inbox.title',
    needs: 'person',
    noIndex: true,
  },
  {
    name: 'inbox-settings',
    path: { nl: '/postvak/instellingen', en: '/inbox/settings' },
    component: () => import('./NotificationSettingsPage.vue'),
    title: 'notifications.settings.title',
    needs: 'person',
    noIndex: true,
  },
  {
    name: 'mail-settings',
    path: { nl: '/mail/:token', en: '/mail/:token' },
    component: () => import('./MailLinkPage.vue'),
    title: 'notifications.mailLink.page',
    noIndex: true,
  },
]
