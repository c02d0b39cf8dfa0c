import type { PageRoute } from '../shell/page-route.ts'

// The names and addresses are agreed with the shell, which links to them; the pages are still to be put in.
const soon = () => import('../info/NotFoundPage.vue')

export const routes: PageRoute[] = [
  { name: 'people', path: { nl: '/mensen', en: '/people' }, component: soon },
  { name: 'profile', path: { nl: '/mensen/:handle', en: '/people/:handle' }, component: soon },
  { name: 'sign-in', path: { nl: '/inloggen', en: '/sign-in' }, component: soon, noIndex: true },
  { name: 'sign-in-link', path: { nl: '/l/:token', en: '/l/:token' }, component: soon, noIndex: true },
  { name: 'welcome', path: { nl: '/welkom', en: '/welcome' }, component: soon, needs: 'person', noIndex: true },
  { name: 'you', path: { nl: '/jij', en: '/you' }, component: soon, needs: 'person', noIndex: true },
  { name: 'you-expertise', path: { nl: '/jij/expertise', en: '/you/expertise' }, component: soon, needs: 'person', noIndex: true },
  { name: 'you-devices', path: { nl: '/jij/apparaten', en: '/you/devices' }, component: soon, needs: 'person', noIndex: true },
  { name: 'you-sign-in', path: { nl: '/jij/inloggen', en: '/you/sign-in' }, component: soon, needs: 'person', noIndex: true },
]
