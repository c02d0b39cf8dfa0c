import type { PageRoute } from '../shell/page-route.ts'

export const routes: PageRoute[] = [
  {
    name: 'people',
    path: { nl: '/mensen', en: '/people' },
    component: () => import('./PeoplePage.vue'),
    title: 'people.list.title',
  },
  {
    name: 'profile',
    path: { nl: '/mensen/:handle', en: '/people/:handle' },
    component: () => import('./ProfilePage.vue'),
  },
  {
    name: 'sign-in',
    path: { nl: '/inloggen', en: '/sign-in' },
    component: () => import('./SignInPage.vue'),
    title: 'people.signIn.page',
    noIndex: true,
  },
  {
    name: 'sign-in-link',
    path: { nl: '/l/:token', en: '/l/:token' },
    component: () => import('./LinkPage.vue'),
    title: 'people.link.page',
    noIndex: true,
  },
  {
    name: 'welcome',
    path: { nl: '/welkom', en: '/welcome' },
    component: () => import('./WelcomePage.vue'),
    title: 'people.welcome.page',
    needs: 'person',
    noIndex: true,
  },
  {
    name: 'you',
    path: { nl: '/jij', en: '/you' },
    component: () => import('./AccountPage.vue'),
    title: 'people.you.profile.title',
    needs: 'person',
    noIndex: true,
  },
  {
    name: 'you-expertise',
    path: { nl: '/jij/expertise', en: '/you/expertise' },
    component: () => import('./ExpertisePage.vue'),
    title: 'people.you.expertise.title',
    needs: 'person',
    noIndex: true,
  },
  {
    name: 'you-devices',
    path: { nl: '/jij/apparaten', en: '/you/devices' },
    component: () => import('./DevicesPage.vue'),
    title: 'people.you.devices.title',
    needs: 'person',
    noIndex: true,
  },
  {
    name: 'you-sign-in',
    path: { nl: '/jij/inloggen', en: '/you/sign-in' },
    component: () => import('./SignInSettingsPage.vue'),
    title: 'people.you.signIn.title',
    needs: 'person',
    noIndex: true,
  },
]
