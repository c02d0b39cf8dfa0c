import { askForYield } from '@meedenk/actions/questions/ask-for-yield'
import { escalateQuestions } from '@meedenk/actions/questions/escalate-questions'
import type { System } from '@meedenk/domain/actor'
import { plazaId } from '@meedenk/domain/channels/schemas'
import { defaultEscalation } from '@meedenk/domain/questions/escalation'
import { allRounds } from '@meedenk/worker/rounds'
import type { DatabaseUrls } from './database.ts'
import { loadReferenceData } from './reference-data.ts'
import { emailOf, seedPeople } from './seed-people.ts'
import { type Act, plotQuestions, type QuietAct } from './seed-questions.ts'
import { holdWorker, openStage, type Stage } from './seed-stage.ts'

export type SignIn = { name: string; email: string; note: string }
type Options = DatabaseUrls & { webOrigin: string; secret: string; now?: Date }

const signIn: SignIn[] = [
  { name: 'Sanne de Vries', email: emailOf('sanne'), note: 'debt counsellor; asks and answers' },
  { name: 'Hanneke Visscher', email: emailOf('hanneke'), note: 'advises informal carers; was asked to think along' },
  { name: 'Ton Willems', email: emailOf('ton'), note: 'answers from lived experience' },
  { name: 'Priya Ramnath', email: emailOf('priya'), note: 'moderator' },
  { name: 'Lotte Brandsma', email: emailOf('lotte'), note: 'administrator' },
  {
    name: 'Yourself',
    email: 'newcomer@voorbeeld.test',
    note: 'or any other address: a newcomer, through the three first screens',
  },
]

/** Fills an empty database with people who do not exist, and six weeks of what they asked and answered. Never in production. */
export async function seedDemo({ now = new Date(), ...urls }: Options): Promise<{ signIn: SignIn[] }> {
  if (process.env['NODE_ENV'] === 'production') throw new Error('Demo content does not belong in production.')
  await loadReferenceData(urls.ownerUrl, new URL(urls.ownerUrl).pathname.slice(1))
  const stage = openStage(urls)
  try {
    const worker = await holdWorker(
      stage,
      allRounds(defaultEscalation).map(({ name }) => name),
    )
    try {
      await play(stage, now)
    } finally {
      await worker.release()
    }
    return { signIn }
  } finally {
    await stage.end()
  }
}

async function play(stage: Stage, now: Date) {
  const themes = await readThemes(stage)
  const people = await seedPeople(stage, themes, now)
  const plot = plotQuestions({ stage, people, themes, now })
  const rounds: Act[] = [
    ...plot.escalateAt.map((at) => ({ at, run: () => escalateQuestions(roundAt(stage, 'escalate-questions', at)) })),
    ...plot.askYieldAt.map((at) => ({ at, run: () => askForYield(roundAt(stage, 'ask-for-yield', at)) })),
  ]
  const acts = [...plot.acts, ...rounds].sort((a, b) => a.at.getTime() - b.at.getTime())
  for (const { run } of acts) await run()
  await sideBySide(plot.quiet, 6)
  await leaveThePastAlone(stage, now)
}

async function readThemes({ owner }: Stage): Promise<Map<string, string>> {
  const { rows } = await owner.query<{ slug: string; id: string }>('select slug, id from themes order by position')
  return new Map(rows.map(({ slug, id }) => [slug, id]))
}

function roundAt({ worker }: Stage, job: string, now: Date) {
  const actor: System = { kind: 'system', job, channelId: plazaId }
  return { db: worker, actor, now, requestId: null }
}

async function sideBySide(acts: QuietAct[], atOnce: number) {
  const waiting = [...acts]
  const work = async () => {
    for (let act = waiting.pop(); act; act = waiting.pop()) await act()
  }
  await Promise.all(Array.from({ length: atOnce }, work))
}

/**
 * No mail about the past: what was due before now travels no more, and what is older than a day was dealt with.
 * No action does this, because in a real plaza time does.
 */
async function leaveThePastAlone({ owner }: Stage, now: Date) {
  await owner.query('update notices set mail_due_at = null where mail_due_at <= $1', [now])
  await owner.query(
    `update notices n set state = 'done', handled_at = least($1, n.added_at + interval '5 hours'), mail_due_at = null
     where n.added_at < $1::timestamptz - interval '1 day'`,
    [now],
  )
  await owner.query('analyze')
}
