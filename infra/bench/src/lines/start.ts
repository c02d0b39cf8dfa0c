import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Line } from '../report.ts'

const bootstrap = fileURLToPath(new URL('../../../local/bootstrap.mjs', import.meta.url))

/** Seconds until `npm start` says that it is ready; stops it again. */
function startOnce(dataDir: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const began = performance.now()
    const child = spawn(process.execPath, [bootstrap, 'start'], {
      env: { ...process.env, MEEDENK_DATA_DIR: dataDir, DATABASE_URL: '' },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let seconds = Number.NaN
    child.stdout.on('data', (chunk: Buffer) => {
      if (!chunk.includes('Meedenk is ready at')) return
      seconds = (performance.now() - began) / 1000
      child.kill('SIGTERM')
    })
    child.on('error', reject)
    child.on('exit', () =>
      Number.isNaN(seconds) ? reject(new Error('npm start ended before it was ready')) : resolve(seconds),
    )
  })
}

/** start: the second start on the same data, everything installed and built. */
export async function start(dataDir: string, add: (line: Line) => void): Promise<void> {
  const first = await startOnce(dataDir)
  const warm = await startOnce(dataDir)
  add({
    name: 'start-new-data',
    value: first,
    unit: 's',
    ceiling: null,
    ratio: null,
    target: 'told',
    holds: first < 90,
  })
  add({ name: 'start', value: warm, unit: 's', ceiling: null, ratio: null, target: '< 8 warm', holds: warm < 8 })
}
