import { endWithParent, exit } from './end-in-order.ts'
import { verify } from './verify-run.ts'

endWithParent()
const startedAt = performance.now()
const failed = await verify()
const seconds = ((performance.now() - startedAt) / 1000).toFixed(0)
console.log(failed === 0 ? `Everything holds (${seconds} s).` : `${failed} checks failed (${seconds} s).`)
await exit(failed === 0 ? 0 : 1)
