import { createRouter, createWebHistory, type RouteLocationNormalized, type RouteRecordRaw } from 'vue-router'
import { routes as home } from '../home/routes.ts'
import { routes as info } from '../info/routes.ts'
import { routes as insights } from '../insights/routes.ts'
import { routes as moderation } from '../moderation/routes.ts'
import { routes as notifications } from '../notifications/routes.ts'
import { routes as people } from '../people/routes.ts'
import { routes as questions } from '../questions/routes.ts'
import { setLocale } from './i18n.ts'
import { localeOfPath, localePath } from './locale-path.ts'
import { lostPage } from './lost-page.ts'
import { showPage } from './page-change.ts'
import type { PageRoute, RouteLocale } from './page-route.ts'
import { useSession } from './session.ts'

const pages: PageRoute[] = [...home, ...questions, ...people, ...notifications, ...moderation, ...insights, ...info]

export const router = createRouter({
  history: createWebHistory(),
  routes: [...pages.map((page) => record(page, 'nl')), ...pages.map((page) => record(page, 'en')), nowhere()],
  scrollBehavior(to, from, saved) {
    if (saved) return saved
    if (to.hash) return { el: to.hash, top: 24 }
    // Filters and "show more" change the query of the same page, and must not throw anybody to the top.
    return to.path === from.path ? false : { top: 0 }
  },
})

router.beforeEach(async (to) => {
  await setLocale(localeOfPath(to.path))
  return mayOpen(to)
})
router.afterEach((to, from, failure) => {
  if (failure) return
  lostPage.value = undefined
  showPage(to, from)
})
// After a release the old files are gone, and only a fresh page knows the names of the new ones.
router.onError((error, to) => {
  if (!/import|module|chunk|fetch/i.test(String(error))) return
  if (navigator.onLine) location.assign(to.fullPath)
  else lostPage.value = to.fullPath
})

async function mayOpen(to: RouteLocationNormalized) {
  if (!to.meta.needs) return true
  const session = useSession()
  if (!session.ready) await session.load()
  if (!session.person) return localePath({ name: 'sign-in', query: { next: to.fullPath } })
  if (to.meta.needs === 'moderator' && !session.isModerator) return localePath({ name: 'forbidden' })
  return true
}

function record(page: PageRoute, locale: RouteLocale): RouteRecordRaw {
  const { name, path, component, ...meta } = page
  return {
    path: locale === 'nl' ? path.nl : `/en${path.en === '/' ? '' : path.en}`,
    name: locale === 'nl' ? name : `en.${name}`,
    component,
    meta: { ...meta, page: name, locale },
  }
}

function nowhere(): RouteRecordRaw {
  return {
    path: '/:rest(.*)*',
    component: () => import('../info/NotFoundPage.vue'),
    meta: { page: 'not-found', title: 'info.missing.title', noIndex: true },
  }
}
