import { perspectives, questionSorts, questionStates } from '@meedenk/domain/questions/schemas'
import type { LocationQuery } from 'vue-router'

/** What the list shows: one of the states, everything, or what the reader kept. */
export const listStates = ['all', ...questionStates, 'saved'] as const
export type ListState = (typeof listStates)[number]
type Sort = (typeof questionSorts)[number]

export interface QuestionFilters {
  state: ListState
  theme: string | null
  region: string | null
  missing: (typeof perspectives)[number] | null
  sort: Sort
}

const rowsPerPage = 20

/** What the address asks for; what it cannot ask for falls away. */
export function readFilters(query: LocationQuery): QuestionFilters {
  const state = oneOf(listStates, query['state']) ?? 'all'
  const theme = first(query['theme'])
  const region = first(query['region'])
  return {
    state,
    theme: theme && /^[a-z0-9-]{1,80}$/.test(theme) ? theme : null,
    region: region && /^GM\d{4}$/.test(region) ? region : null,
    missing: oneOf(perspectives, query['missing']) ?? null,
    sort: oneOf(questionSorts, query['sort']) ?? usualSort(state),
  }
}

/** The order somebody expects who does not choose one. */
export function usualSort(state: ListState): Sort {
  if (state === 'waiting') return 'waiting_longest'
  return state === 'learned' ? 'learned_last' : 'newest'
}

/** The address of a list; what is usual is left out of it. */
export function filterQuery(filters: QuestionFilters, after?: string): Record<string, string> {
  const query: Record<string, string> = {}
  if (filters.state !== 'all') query['state'] = filters.state
  if (filters.theme) query['theme'] = filters.theme
  if (filters.region) query['region'] = filters.region
  if (filters.missing) query['missing'] = filters.missing
  if (filters.sort !== usualSort(filters.state)) query['sort'] = filters.sort
  if (after) query['after'] = after
  return query
}

/** What the API is asked for these filters. */
export function listPath(filters: QuestionFilters, after?: string): string {
  const paging = { limit: String(rowsPerPage), ...(after ? { after } : {}) }
  if (filters.state === 'saved') return `/questions/saved?${new URLSearchParams(paging)}`
  const query = { ...filterQuery(filters), sort: filters.sort, state: filters.state, ...paging }
  return `/questions?${new URLSearchParams(query)}`
}

/** How many filters are on, apart from the state and the order. */
export function narrowings(filters: QuestionFilters): ('theme' | 'region' | 'missing')[] {
  return (['theme', 'region', 'missing'] as const).filter((name) => filters[name] !== null)
}

function first(value: LocationQuery[string] | undefined): string | null {
  return (Array.isArray(value) ? value[0] : value) ?? null
}

function oneOf<Value extends string>(
  known: readonly Value[],
  value: LocationQuery[string] | undefined,
): Value | undefined {
  return known.find((one) => one === first(value))
}
