// Plain JavaScript, loaded into the API that the bench starts: asked by a signal, it writes down what it really holds on to.
import { writeFileSync } from 'node:fs'

process.on('SIGUSR2', () => {
  // Once for what is garbage now, and once for what only that kept alive.
  for (let round = 0; round < 2; round++) globalThis.gc()
  const { heapUsed, external } = process.memoryUsage()
  writeFileSync(`${process.env.BENCH_MEMORY_FILE}.${process.pid}`, String(heapUsed + external))
})
