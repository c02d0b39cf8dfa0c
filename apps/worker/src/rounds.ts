import { clearExpired } from '@meedenk/actions/clear-expired'
import type { Context } from '@meedenk/actions/context'
import { findUnsentMail } from '@meedenk/actions/notifications/find-unsent-mail'
import { claimRound } from '@meedenk/actions/outbox'
import { askForYield } from '@meedenk/actions/questions/ask-for-yield'
import { escalateQuestions } from '@meedenk/actions/questions/escalate-questions'
import type { System } from '@meedenk/domain/actor'
import { plazaId } from '@meedenk/domain/channels/schemas'
import type { EscalationPlan } from '@meedenk/domain/questions/escalation'
import type { Tools } from './define-job.ts'
import { deliveryOf, sendDueMail } from './notifications/send-due-mail.ts'
import { carryOutDepartures } from './privacy/carry-out-departures.ts'
import { sweep } from './relay.ts'

export type Round = { name: string; everyMs: number; run(tools: Tools, context: Context<System>): Promise<unknown> }
const minute = 60_000

/** Work that no event starts. Each round runs in one worker at a time, on the clock that main.ts or a test brings. */
export function allRounds(plan: EscalationPlan): Round[] {
  return [
    { name: 'escalate-questions', everyMs: minute, run: (_tools, context) => escalateQuestions(context, plan) },
    { name: 'ask-for-yield', everyMs: 15 * minute, run: (_tools, context) => askForYield(context) },
    { name: 'send-due-mail', everyMs: minute, run: (tools) => sendDueMail.handle(tools, { channelId: plazaId }) },
    { name: 'deliver-unsent-mail', everyMs: minute, run: deliverUnsent },
    { name: 'clear-expired', everyMs: 60 * minute, run: (_tools, context) => clearExpired(context) },
    { name: 'carry-out-departures', everyMs: 60 * minute, run: carryOutDepartures },
    { name: 'sweep-events', everyMs: minute, run: (tools, { now }) => sweep(tools.db, now, tools.enqueue) },
  ]
}

async function deliverUnsent(tools: Tools, context: Context<System>) {
  const unsent = await findUnsentMail(context)
  const turn = Math.floor(context.now.getTime() / (10 * minute))
  // A new id every ten minutes: a queue keeps the ids of deliveries that failed for good.
  await tools.enqueue(
    unsent.map((mailId) => ({ ...deliveryOf(mailId, plazaId), id: `${mailId}-deliver-mail-again-${turn}` })),
  )
}

/** Runs the rounds that are due now; returns the names of those that ran here. */
export async function runRounds(
  tools: Tools,
  rounds: Round[],
  onError: (name: string, error: Error) => void,
): Promise<string[]> {
  const ran: string[] = []
  for (const { name, everyMs, run } of rounds) {
    const now = tools.clock()
    try {
      if (!(await claimRound(tools.db, name, now, everyMs))) continue
      const actor: System = { kind: 'system', job: name, channelId: plazaId }
      await run(tools, { db: tools.db, actor, now, requestId: null })
      ran.push(name)
    } catch (error) {
      onError(name, error as Error) // Only errors are thrown here.
    }
  }
  return ran
}

/** Looks every second which rounds are due. */
export function startRounds(
  tools: Tools,
  rounds: Round[],
  onError: (name: string, error: Error) => void,
): { stop(): Promise<void> } {
  let running: Promise<unknown> = Promise.resolve()
  let isRunning = false
  const timer = setInterval(() => {
    if (isRunning) return
    isRunning = true
    running = runRounds(tools, rounds, onError).finally(() => {
      isRunning = false
    })
  }, 1000)
  return {
    async stop() {
      clearInterval(timer)
      await running
    },
  }
}
