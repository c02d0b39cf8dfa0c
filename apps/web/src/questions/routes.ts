import type { PageRoute } from '../shell/page-route.ts'

export const routes: PageRoute[] = [
  {
    name: 'questions',
    path: { nl: '/vragen', en: '/questions' },
    component: () => import('./QuestionsPage.vue'),
    title: 'questions.list.title',
  },
  {
    name: 'ask',
    path: { nl: '/vraag-stellen', en: '/ask' },
    component: () => import('./AskPage.vue'),
    title: 'questions.ask.heading',
  },
  {
    name: 'question',
    path: { nl: '/vragen/:number(\\d+):slug(-[^/]*)?', en: '/questions/:number(\\d+):slug(-[^/]*)?' },
    component: () => import('./QuestionPage.vue'),
  },
]
