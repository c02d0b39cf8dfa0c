import { QuestionPage } from '@meedenk/domain/questions/schemas'
import type { Bench } from '../bench.ts'
import { questionNumber } from '../data.ts'
import { compare, median, run } from '../rounds.ts'

/** question-json, question-html, p99: the most read page. */
export async function readQuestion({ size, origin, ceiling, apiPid, rounds, add }: Bench): Promise<void> {
  const bare = { url: ceiling.origin, pid: ceiling.pid, requests: () => ({ path: `/c/${questionNumber(size)}` }) }
  const json = { url: origin, pid: apiPid, requests: () => ({ path: `/api/v1/questions/${questionNumber(size)}` }) }
  const byJson = await compare(json, bare, rounds)
  add({
    name: 'question-json',
    value: byJson.ours,
    unit: 'requests/s',
    ceiling: byJson.ceiling,
    ratio: byJson.ratio,
    target: '>= 0.70 (floor 0.60)',
    holds: byJson.ratio >= 0.6,
  })
  add({
    name: 'question-json-cpu',
    value: byJson.cpuRatio,
    unit: 'x cpu of bare',
    ceiling: null,
    ratio: byJson.cpuRatio,
    target: '<= 1.7',
    holds: byJson.cpuRatio <= 1.7,
  })

  const page = (number: number) => ({
    path: `/vragen/${number}-vraag-${number - 1_000_000}`,
    headers: { accept: 'text/html' },
  })
  const byHtml = await compare({ url: origin, pid: apiPid, requests: () => page(questionNumber(size)) }, bare, rounds)
  add({
    name: 'question-html',
    value: byHtml.ours,
    unit: 'requests/s',
    ceiling: byHtml.ceiling,
    ratio: byHtml.ratio,
    target: '>= 0.50',
    holds: byHtml.ratio >= 0.5,
  })

  const calm = await run(json, rounds.seconds * 2, Math.max(50, Math.floor(byJson.ours / 2)))
  add({
    name: 'p99',
    value: calm.p99,
    unit: 'ms',
    ceiling: null,
    ratio: null,
    target: '< 50 at half of maximum',
    holds: calm.p99 < 50,
  })
}

/** question-list: waiting questions of a theme; page 500 must cost what page 1 costs. */
export async function readList(bench: Bench): Promise<void> {
  const { origin, ceiling, apiPid, rounds, add, owner } = bench
  const { rows } = await owner.query(
    `select t.id, t.slug from themes t join question_themes qt on qt.theme_id = t.id group by t.id order by count(*) desc limit 1`,
  )
  const theme = rows[0]
  const first = `/api/v1/questions?state=waiting&theme=${theme.slug}&sort=waiting_longest&limit=20`
  const bare = {
    url: ceiling.origin,
    pid: ceiling.pid,
    requests: () => ({ path: `/list?theme=${theme.id}&at=1970-01-01&id=00000000-0000-0000-0000-000000000000` }),
  }
  const one = await compare({ url: origin, pid: apiPid, requests: () => ({ path: first }) }, bare, rounds)
  add({
    name: 'question-list',
    value: one.ours,
    unit: 'requests/s',
    ceiling: one.ceiling,
    ratio: one.ratio,
    target: '>= 0.70',
    holds: one.ratio >= 0.7,
  })

  // All questions, newest first, so that there are 500 pages to go through.
  const plain = '/api/v1/questions?state=all&sort=newest&limit=20'
  let after: string | null = null
  const pages = Math.min(500, Math.floor(bench.size.questions / 20) - 2)
  for (let page = 1; page < pages; page++) {
    after = await nextOf(`${origin}${plain}${after ? `&after=${encodeURIComponent(after)}` : ''}`)
  }
  const far = {
    url: origin,
    pid: apiPid,
    requests: () => ({ path: `${plain}&after=${encodeURIComponent(after ?? '')}` }),
  }
  const near = { url: origin, pid: apiPid, requests: () => ({ path: plain }) }
  const depth = await compare(far, near, rounds)
  add({
    name: 'question-list-page-500',
    value: depth.ours,
    unit: 'requests/s',
    ceiling: depth.ceiling,
    ratio: depth.ratio,
    target: '>= 0.83 of page 1',
    holds: depth.ratio >= 0.83,
  })
}

async function nextOf(url: string): Promise<string | null> {
  const answer = QuestionPage.parse(await (await fetch(url)).json())
  return answer.next
}

/** suggest: earlier questions while typing, one after the other as people type. */
export async function suggest({ origin, add, owner, quick }: Bench): Promise<void> {
  const { rows } = await owner.query('select title from questions where number > 1000000 order by random() limit 200')
  const times: number[] = []
  for (const { title } of quick ? rows.slice(0, 100) : rows) {
    const began = performance.now()
    const answer = await fetch(`${origin}/api/v1/questions/suggestions?q=${encodeURIComponent(title)}`)
    await answer.text()
    if (!answer.ok) throw new Error(`suggestions answered ${answer.status}`)
    times.push(performance.now() - began)
  }
  times.sort((a, b) => a - b)
  const p95 = times[Math.floor(times.length * 0.95)] ?? Number.NaN
  add({
    name: 'suggest',
    value: p95,
    unit: 'ms p95',
    ceiling: median(times),
    ratio: null,
    target: '< 60',
    holds: p95 < 60,
  })
}
