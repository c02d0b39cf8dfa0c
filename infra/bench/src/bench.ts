import type { Db } from '@meedenk/db/connection'
import type pg from 'pg'
import type { Size } from './data.ts'
import type { Line } from './report.ts'

/** What every line of the bench works with. */
export type Bench = {
  quick: boolean
  size: Size
  rounds: { rounds: number; seconds: number }
  origin: string
  apiPid: number
  secret: string
  ceiling: { origin: string; pid: number }
  ownerUrl: string
  owner: pg.Pool
  worker: Db
  dataDir: string
  /** Where the API tells what it holds on to. */
  memoryFile: string
  add(line: Line): void
}
