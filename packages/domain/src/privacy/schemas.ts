import { z } from 'zod'
import { Id, Moment, pageOf } from '../pages.ts'
import { Confirm } from '../people/account-schemas.ts'

/** What becomes of what one wrote (UX 4.17): it stays without a name, stays with it, or goes where nobody built on it. */
export const contributionChoices = ['without_name', 'with_name', 'erase'] as const
export const ContributionChoice = z.enum(contributionChoices)
export type ContributionChoice = z.output<typeof ContributionChoice>

/** How long one may come back after stopping. */
export const daysToComeBack = 14
/** How long what one takes along can be fetched. */
export const exportDays = 7

export const PlanDeparture = Confirm.extend({ contributions: ContributionChoice })
const Posts = z.object({ total: z.int(), builtOn: z.int() })
export const DepartureView = z
  .object({
    /** Null as long as this person stays. */
    planned: z.object({ contributions: ContributionChoice, requestedAt: Moment, dueAt: Moment }).nullable(),
    /** What one wrote, and how much of that others built on, which can lose its name only. */
    questions: Posts,
    answers: Posts,
    /** Channels of which one is the only owner: they must be handed over first. */
    ownedChannels: z.array(z.string()),
  })
  .meta({ id: 'Departure' })
export type DepartureView = z.output<typeof DepartureView>
export const DeparturePlanned = z.object({ dueAt: Moment }).meta({ id: 'DeparturePlanned' })

export const exportFiles = ['page', 'data'] as const
export const ExportFile = z.enum(exportFiles)
export type ExportFile = z.output<typeof ExportFile>
export const ExportView = z
  .object({
    id: Id,
    requestedAt: Moment,
    /** Null while it is being made. */
    readyAt: Moment.nullable(),
    expiresAt: Moment,
    bytes: z.object({ page: z.int(), data: z.int() }).nullable(),
  })
  .meta({ id: 'Export' })
export type ExportView = z.output<typeof ExportView>
export const ExportList = pageOf(ExportView).meta({ id: 'ExportList' })
