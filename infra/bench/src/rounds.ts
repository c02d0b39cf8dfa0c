import { existsSync, readFileSync, rmSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import autocannon, { type Request } from 'autocannon'

export type Load = { url: string; connections?: number; requests: () => Request; pid?: number | undefined }
export type Figures = { perSecond: number; p50: number; p95: number; p99: number; errors: number; cpuMs: number | null }

/** Milliseconds of processor time a process has used. */
export function cpuOf(pid: number | undefined): number {
  if (!pid) return 0
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) * 10
}

/** Resident memory of a process in megabytes. */
export function memoryOf(pid: number): number {
  const found = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
  return Number(found?.[1] ?? 0) / 1024
}

/** How a program is started so that it can tell what it holds on to. */
export const tellsHeld = (file: string) => ({
  NODE_OPTIONS: `--expose-gc --import=${new URL('./answer-with-memory.mjs', import.meta.url).href}`,
  BENCH_MEMORY_FILE: file,
})

/** Kilobytes that such a program holds on to after its garbage was collected; null when it does not tell within ten seconds. */
export async function heldBy(pid: number, file: string): Promise<number | null> {
  const answer = `${file}.${pid}`
  rmSync(answer, { force: true })
  process.kill(pid, 'SIGUSR2')
  for (const end = Date.now() + 10_000; Date.now() < end; await sleep(50)) {
    const told = existsSync(answer) ? Number(readFileSync(answer, 'utf8')) : 0
    if (told > 0) return told / 1024
  }
  return null
}

async function run({ url, connections = 16, requests, pid }: Load, seconds: number, rate?: number): Promise<Figures> {
  const before = cpuOf(pid)
  const result = await autocannon({
    url,
    connections,
    duration: seconds,
    ...(rate ? { overallRate: rate } : {}),
    requests: [{ setupRequest: (request) => ({ ...request, ...requests() }) }],
  })
  const total = result.requests.total || 1
  return {
    perSecond: total / result.duration,
    p50: result.latency.p50,
    p95: result.latency.p97_5,
    p99: result.latency.p99,
    errors: result.errors + result.non2xx,
    cpuMs: pid ? (cpuOf(pid) - before) / total : null,
  }
}

const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

/** Ours and the ceiling in turn, so that a busy moment of the machine hits both; the ratio is the median of the rounds. */
export async function compare(ours: Load, ceiling: Load, { rounds, seconds }: { rounds: number; seconds: number }) {
  await run(ceiling, 1)
  await run(ours, 1)
  const pairs: { ours: Figures; ceiling: Figures }[] = []
  for (let round = 0; round < rounds; round++)
    pairs.push({ ceiling: await run(ceiling, seconds), ours: await run(ours, seconds) })
  const errors = pairs.reduce((sum, pair) => sum + pair.ours.errors + pair.ceiling.errors, 0)
  if (errors > 0) throw new Error(`${errors} requests failed; figures of failing requests mean nothing`)
  return {
    ours: median(pairs.map((pair) => pair.ours.perSecond)),
    ceiling: median(pairs.map((pair) => pair.ceiling.perSecond)),
    ratio: median(pairs.map((pair) => pair.ours.perSecond / pair.ceiling.perSecond)),
    cpuRatio: median(pairs.map((pair) => (pair.ours.cpuMs ?? 0) / (pair.ceiling.cpuMs || 1))),
    p95: median(pairs.map((pair) => pair.ours.p95)),
  }
}

export { median, run }
