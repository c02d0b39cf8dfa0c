import { askQuestion } from '@meedenk/actions/questions/ask-question'
import { markHelpful } from '@meedenk/actions/questions/mark-helpful'
import { postAnswer } from '@meedenk/actions/questions/post-answer'
import { postFollowUp } from '@meedenk/actions/questions/post-follow-up'
import { sayMeToo } from '@meedenk/actions/questions/say-me-too'
import { shareYield } from '@meedenk/actions/questions/share-yield'
import { thankAnswer } from '@meedenk/actions/questions/thank-answer'
import { AskQuestion, PostAnswer } from '@meedenk/domain/questions/schemas'
import content from '../content/demo/questions.json' with { type: 'json' }
import type { DemoPeople } from './seed-people.ts'
import type { Stage } from './seed-stage.ts'
import { timesOf } from './seed-timetable.ts'

/** Something that happens at a moment; acts are done in the order of their moments. */
export type Act = { at: Date; run(): Promise<unknown> }
/** Thanks and "me too": no event follows, so their order does not matter. */
export type QuietAct = () => Promise<unknown>
/** Moments at which a round of the worker would have found something to do. */
export type Plot = { acts: Act[]; quiet: QuietAct[]; escalateAt: Date[]; askYieldAt: Date[] }

type DemoAnswer = {
  author: string
  body: string
  thanks: number
  helped: boolean
  referral?: { url: string; title: string }
}
type DemoQuestion = {
  title: string
  body: string
  kind: string
  themes: string[]
  asker: string
  anonymous: boolean
  meToos: number
  answers: DemoAnswer[]
  followUps?: { on: number; author: string; body: string }[]
  yield?: { body: string; didNotWork: string | null }
  /** Asked this long ago and still without an answer. */
  waitedHours?: number
}
const questions: DemoQuestion[] = content
type Scene = { stage: Stage; people: DemoPeople; themes: Map<string, string>; now: Date }

const hour = 3_600_000
const after = (moment: Date, hours: number) => new Date(moment.getTime() + hours * hour)

/** The steps by which every third question comes before others, so that themes and askers alternate. */
const stride = 23

/** Lays out everything that happened on the plaza in the past six weeks. */
export function plotQuestions(scene: Scene): Plot {
  const plot: Plot = { acts: [], quiet: [], escalateAt: [], askYieldAt: [] }
  const answered = questions.filter(({ waitedHours }) => waitedHours === undefined)
  answered.forEach((_, place) => {
    const question = answered[(place * stride) % answered.length]
    if (question) plotAnswered(scene, plot, question, place, answered.length)
  })
  for (const question of questions)
    if (question.waitedHours !== undefined) plotWaiting(scene, plot, question, question.waitedHours)
  plot.acts = plot.acts.filter(({ at }) => at < scene.now).sort((a, b) => a.at.getTime() - b.at.getTime())
  plot.escalateAt = plot.escalateAt.filter((at) => at < scene.now)
  // That round looks at all questions, so once a day is enough.
  plot.askYieldAt = [
    ...new Map(
      plot.askYieldAt.filter((at) => at < scene.now).map((at) => [at.toISOString().slice(0, 10), at]),
    ).values(),
  ]
  return plot
}

function plotWaiting(scene: Scene, plot: Plot, question: DemoQuestion, waitedHours: number) {
  const askedAt = after(scene.now, -waitedHours)
  const asked = ask(scene, plot, question, askedAt)
  plot.escalateAt.push(after(askedAt, 2.02), after(askedAt, 4.02))
  sayMeToos(scene, plot, question, asked, askedAt)
}

function plotAnswered(scene: Scene, plot: Plot, question: DemoQuestion, place: number, count: number) {
  const { askedAt, answerAt, helpedAt, yieldAt } = timesOf(place, count, scene.now)
  const asked = ask(scene, plot, question, askedAt)
  const posted = question.answers.map((answer, turn) => post(scene, plot, answer, asked, answerAt(turn), turn + place))
  for (const followUp of question.followUps ?? []) {
    const to = posted[followUp.on]
    // A reply to a follow-up comes after it.
    const at = after(answerAt(followUp.on), 1.5 + (question.followUps ?? []).indexOf(followUp))
    if (to)
      add(scene, plot, at, followUp.author, (context) =>
        postFollowUp(context, to(), { body: followUp.body, anonymous: false }),
      )
  }
  question.answers.forEach((answer, turn) => {
    const answerId = posted[turn]
    if (answer.helped && answerId)
      add(scene, plot, after(helpedAt, turn / 20), question.asker, (context) => markHelpful(context, answerId(), null))
  })
  const outcome = question.yield
  if (outcome) add(scene, plot, yieldAt, question.asker, (context) => shareYield(context, asked(), outcome))
  sayMeToos(scene, plot, question, asked, askedAt)

  const first = answerAt(0)
  for (const hours of [2, 4, 12]) if (after(askedAt, hours) < first) plot.escalateAt.push(after(askedAt, hours + 0.02))
  const inADay = question.answers.filter((_, turn) => answerAt(turn) < after(askedAt, 24)).length
  if (inADay < 4) plot.escalateAt.push(after(askedAt, 24.02))
  for (const days of [7, 21])
    if (!outcome || yieldAt > after(askedAt, days * 24)) plot.askYieldAt.push(after(askedAt, days * 24 + 0.2))
}

type Work = Parameters<Stage['act']>[2]

function add({ stage, people }: Scene, plot: Plot, at: Date, who: string, work: Work) {
  plot.acts.push({ at, run: () => stage.act(idOf(people, who), at, work) })
}

/** Plots the question; what comes back tells its id once it is asked. */
function ask(scene: Scene, plot: Plot, question: DemoQuestion, at: Date): () => string {
  const { title, body, kind, anonymous } = question
  const themeIds = question.themes.map((slug) => scene.themes.get(slug))
  const input = AskQuestion.parse({ title, body, kind, anonymous, themeIds })
  let id = ''
  add(scene, plot, at, question.asker, async (context) => {
    id = (await askQuestion(context, input)).id
  })
  return () => id
}

function post(scene: Scene, plot: Plot, answer: DemoAnswer, asked: () => string, at: Date, turn: number): () => string {
  const perspective = scene.people.get(answer.author)?.person.perspective
  const input = PostAnswer.parse({ body: answer.body, perspective, referral: answer.referral ?? null })
  let id = ''
  add(scene, plot, at, answer.author, async (context) => {
    id = (await postAnswer(context, asked(), input)).id
  })
  if (at >= scene.now) return () => id
  for (const [place, personId] of others(scene, answer.author, turn, answer.thanks).entries()) {
    const thankedAt = earlier(after(at, 0.5 + place * 2.2), scene.now)
    plot.quiet.push(() => thankAnswer(scene.stage.as(personId, thankedAt), id, true))
  }
  return () => id
}

function sayMeToos(scene: Scene, plot: Plot, question: DemoQuestion, asked: () => string, askedAt: Date) {
  for (const [place, personId] of others(scene, question.asker, question.title.length, question.meToos).entries()) {
    const saidAt = earlier(after(askedAt, 0.3 + place * 3), scene.now)
    plot.quiet.push(() => sayMeToo(scene.stage.as(personId, saidAt), asked(), true))
  }
}

/** Some people other than this one, always the same for the same turn. */
function others({ people }: Scene, who: string, turn: number, count: number): string[] {
  const rest = [...people.values()].filter(({ person }) => person.key !== who)
  return Array.from(
    { length: Math.min(count, rest.length) },
    (_, i) => rest[(turn * 5 + i * 4) % rest.length]?.id ?? '',
  ).filter((id, i, all) => id && all.indexOf(id) === i)
}

const earlier = (a: Date, b: Date) => (a < b ? a : b)

function idOf(people: DemoPeople, key: string): string {
  const found = people.get(key)
  if (!found) throw new Error(`The demo content names ${key}, who is not among its people.`)
  return found.id
}
