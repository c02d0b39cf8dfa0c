import type { PageLocale } from './page-words.ts'

/** Pages that have something to read for everybody, with the file of the web app that takes over. */
export const publicPages = {
  home: { nl: '/', en: '/', source: 'src/home/HomePage.vue' },
  questions: { nl: '/vragen', en: '/questions', source: 'src/questions/QuestionsPage.vue' },
  ask: { nl: '/vraag-stellen', en: '/ask', source: 'src/questions/AskPage.vue' },
  people: { nl: '/mensen', en: '/people', source: 'src/people/PeoplePage.vue' },
  how: { nl: '/zo-werkt-het', en: '/how-it-works', source: 'src/info/HowItWorksPage.vue' },
  rules: { nl: '/spelregels', en: '/house-rules', source: 'src/info/HouseRulesPage.vue' },
  accessibility: { nl: '/toegankelijkheid', en: '/accessibility', source: 'src/info/AccessibilityPage.vue' },
  privacy: { nl: '/privacy', en: '/privacy', source: 'src/info/PrivacyPage.vue' },
  about: { nl: '/over', en: '/about', source: 'src/info/AboutPage.vue' },
  status: { nl: '/status', en: '/status', source: 'src/info/StatusPage.vue' },
  promise: { nl: '/belofte', en: '/promise', source: 'src/insights/PromisePage.vue' },
} as const
export type PageName = keyof typeof publicPages
export const questionSource = 'src/questions/QuestionPage.vue'

/** Pages of one person, or that only do something: the web app alone, not to be kept or found. */
const privatePages: [nl: string, en: string][] = [
  ['/mensen/:', '/people/:'],
  ['/inloggen', '/sign-in'],
  ['/l/:', '/l/:'],
  ['/welkom', '/welcome'],
  ['/jij', '/you'],
  ['/jij/:', '/you/:'],
  ['/postvak', '/inbox'],
  ['/postvak/instellingen', '/inbox/settings'],
  ['/mail/:', '/mail/:'],
  ['/melden', '/report'],
  ['/beheer/meldingen', '/admin/reports'],
  ['/geen-toegang', '/no-access'],
]

const inLocale = (locale: PageLocale, path: string) => (locale === 'nl' ? path : `/en${path === '/' ? '' : path}`)

/** Where a page is, in a language. */
export const pathOf = (name: PageName, locale: PageLocale): string => inLocale(locale, publicPages[name][locale])

/** Where a question is; the number finds it, the slug is there for who reads the address. */
export const questionPath = (question: { number: number; slug: string }, locale: PageLocale): string =>
  `${pathOf('questions', locale)}/${question.number}${question.slug ? `-${question.slug}` : ''}`

/** Addresses of the few pages that only the shell links to. */
export const signInPath = (locale: PageLocale): string => inLocale(locale, locale === 'nl' ? '/inloggen' : '/sign-in')
export const reportPath = (locale: PageLocale): string => inLocale(locale, locale === 'nl' ? '/melden' : '/report')

export const localeOfPath = (path: string): PageLocale => (/^\/en(\/|$)/.test(path) ? 'en' : 'nl')

const privatePattern = new RegExp(
  `^(?:${privatePages.flatMap(([nl, en]) => [nl, `/en${en}`].map((path) => path.replace(':', '[^/]+'))).join('|')})/?$`,
)

/** Whether the web app has a page here that the server has nothing to say about. */
export const isPrivatePath = (path: string): boolean => privatePattern.test(path)

/** Starts of addresses that search engines should leave alone. */
export const unlistedPaths = [
  ...new Set(privatePages.flatMap(([nl, en]) => [nl, `/en${en}`].map((path) => path.replace(/:$/, '')))),
]
